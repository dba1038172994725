internal import MusterBalancing
internal import MusterDiscovery
internal import MusterThreading
internal import Testing

@Suite("A seed")
struct SeedTests {
  @Test("gives the same choices whichever thread makes them", arguments: BalancingPolicy.allCases)
  func threads(policy: BalancingPolicy) throws {
    let runs = Mailbox<[String]>(capacity: 8)
    let gate = Mailbox<Void>(capacity: 1)
    // Threads that are alive at once, so that they differ in the lane that they choose in: of sixteen lanes, eight threads all
    // get the same one in 1 of 16⁷ runs.
    let threads = try (0..<8).map { _ in
      try WorkerThread(name: "seed") {
        _ = runs.push(Self.choices(policy))
        _ = gate.takeAll(upTo: 1, until: nil)
      }
    }
    var all: [[String]] = []
    while all.count < 8 { all += runs.takeAll(upTo: 8, until: nil) }
    gate.close()
    for thread in threads { thread.join() }
    #expect(Set(all).count == 1)
    #expect(all.first?.count == 60)
  }

  @Test("gives other choices than another seed", arguments: [BalancingPolicy.random, .powerOfTwo, .peakEWMA])
  func seeds(policy: BalancingPolicy) {
    #expect(Self.choices(policy, seed: 1) != Self.choices(policy, seed: 2))
  }

  private static func choices(_ policy: BalancingPolicy, seed: UInt64 = 7) -> [String] {
    guard let scenario = try? Scenario(policy, weights: Array(repeating: 1, count: 9), seed: seed) else { return [] }
    var ids: [String] = []
    for round in 0..<3 {
      if round == 2 { scenario.balancer.setEjected("i3", true) }
      for _ in 0..<20 {
        guard let pick = scenario.balancer.pick(at: scenario.now) else { continue }
        ids.append(pick.instance.id)
        if ids.count % 3 == 0 { pick.finish(.success, at: scenario.now + .milliseconds(ids.count)) }
      }
    }
    return ids
  }
}
