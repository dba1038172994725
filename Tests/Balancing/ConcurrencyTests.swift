internal import MusterBalancing
internal import MusterDiscovery
internal import Testing

@Suite("Many tasks at once")
struct ConcurrencyTests {
  @Test("choose while the list and ejections change, and no call is lost count of", arguments: BalancingPolicy.allCases)
  func storm(policy: BalancingPolicy) async throws {
    let scenario = try Scenario(policy, weights: Array(repeating: 1, count: 8))
    let balancer = scenario.balancer
    let now = scenario.now
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for number in 0..<2_000 {
            let key = UInt64(task * 10_000 + number)
            balancer.pick(key: key, excluding: number % 7 == 0 ? ["i1"] : [], at: now)?.finish(.success, at: now)
          }
        }
      }
      group.addTask {
        for round in 0..<100 {
          balancer.setEjected("i\(round % 8)", round % 3 == 0)
          balancer.update(Scenario.instances(Array(repeating: 1, count: 6 + round % 3)), at: now)
        }
      }
    }
    #expect(balancer.status.allSatisfy { $0.pending == 0 })
  }

  @Test(
    "leave no idle instance behind that seems busy",
    arguments: [BalancingPolicy.leastConnections, .weightedLeastConnections])
  func nobodyForgotten(policy: BalancingPolicy) async throws {
    let weights = Array(repeating: 1, count: 3)
    let scenario = try Scenario(policy, weights: weights)
    let balancer = scenario.balancer
    let now = scenario.now
    for _ in 0..<40 {
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            // Several under way at once, so that calls to one instance end together on two threads.
            for _ in 0..<250 {
              let picks = (0..<3).compactMap { _ in balancer.pick(at: now) }
              for pick in picks { pick.finish(.success, at: now) }
            }
          }
        }
        group.addTask { for _ in 0..<10 { balancer.update(Scenario.instances(weights), at: now) } }
      }
      // One call at a time: idle instances take turns, so that three rounds reach all three of them.
      #expect(scenario.counts(9).count == 3)
    }
  }
}
