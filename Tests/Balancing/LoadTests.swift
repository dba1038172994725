internal import MusterBalancing
internal import MusterDiscovery
internal import Testing

@Suite("Policies that look at loads")
struct LoadTests {
  @Test("least connections keeps calls under way level")
  func leastConnections() throws {
    let scenario = try Scenario(.leastConnections, weights: Array(repeating: 1, count: 7))
    var picks: [Pick] = []
    for _ in 0..<70 { picks.append(try #require(scenario.balancer.pick(at: scenario.now))) }
    #expect(scenario.balancer.status.map(\.pending) == Array(repeating: 10, count: 7))
    // The one whose calls end gets the next ones.
    for pick in picks where pick.instance.id == "i3" { pick.finish(.success, at: scenario.now) }
    for _ in 0..<10 { #expect(scenario.balancer.pick(at: scenario.now)?.instance.id == "i3") }
  }

  @Test("least connections takes one with the fewest calls, whatever came before", arguments: [UInt64(1), 2, 3])
  func fewest(seed: UInt64) throws {
    let scenario = try Scenario(.leastConnections, weights: Array(repeating: 1, count: 5))
    var random = SeededGenerator(seed: seed)
    var held: [Pick] = []
    for _ in 0..<2_000 {
      let pending = Dictionary(
        uniqueKeysWithValues: scenario.balancer.status.map { ($0.instance.id, $0.pending) })
      // Now more calls begin than end, now fewer, so that the fewest go up and down.
      if held.isEmpty || Int.random(in: 0..<100, using: &random) < (held.count < 60 ? 60 : 20) {
        let isOutOfTurn = Int.random(in: 0..<10, using: &random) == 0
        let pick = try #require(
          isOutOfTurn
            ? scenario.balancer.pickRegardless(excluding: ["i0"], at: scenario.now)
            : scenario.balancer.pick(at: scenario.now))
        if !isOutOfTurn { #expect(pending[pick.instance.id] == pending.values.min()) }
        held.append(pick)
      } else {
        held.remove(at: Int.random(in: 0..<held.count, using: &random)).finish(.success, at: scenario.now)
      }
    }
  }

  @Test("least connections lets idle instances take turns")
  func turns() throws {
    let scenario = try Scenario(.leastConnections, weights: Array(repeating: 1, count: 4))
    let rounds = (0..<3).map { _ in
      (0..<4).compactMap { _ -> String? in
        let pick = scenario.balancer.pick(at: scenario.now)
        pick?.finish(.success, at: scenario.now)
        return pick?.instance.id
      }
    }
    #expect(rounds.allSatisfy { Set($0).count == 4 && $0 == rounds[0] })
  }

  @Test("weighted least connections keeps calls under way in the ratio of the weights")
  func weighted() throws {
    let scenario = try Scenario(.weightedLeastConnections, weights: [1, 2, 5])
    for _ in 0..<80 { _ = try #require(scenario.balancer.pick(at: scenario.now)) }
    #expect(scenario.balancer.status.map(\.pending) == [10, 20, 50])
  }

  @Test("two choices never takes the busiest of three")
  func twoChoices() throws {
    let scenario = try Scenario(.powerOfTwo, weights: [1, 1, 1])
    let held = (0..<9).compactMap { _ in scenario.balancer.pick(at: scenario.now) }
    for pick in held where pick.instance.id != "i0" { pick.finish(.success, at: scenario.now) }
    #expect(scenario.counts(100)["i0"] == nil)
  }

  @Test("peak EWMA avoids a slow instance, and comes back to it when it has recovered")
  func peakEWMA() throws {
    var scenario = try Scenario(.peakEWMA, weights: [1, 1, 1])
    func run(_ calls: Int, slow: Duration, pause: Duration = .zero) -> Int {
      var count = 0
      for _ in 0..<calls {
        guard let pick = scenario.balancer.pick(at: scenario.now) else { continue }
        let isSlow = pick.instance.id == "i1"
        if isSlow { count += 1 }
        scenario.now += isSlow ? slow : .milliseconds(2)
        pick.finish(.success, at: scenario.now)
        scenario.now += pause
      }
      return count
    }
    _ = run(30, slow: .milliseconds(2))
    #expect(run(300, slow: .milliseconds(200)) <= 30)
    // A peak of 200 ms fades to the others' 2 ms in ln(100) · 10 s = 46 s.
    _ = run(600, slow: .milliseconds(1), pause: .milliseconds(200))
    #expect(run(300, slow: .milliseconds(1)) >= 100)
  }

  @Test("an update disturbs no call that is under way")
  func update() throws {
    let scenario = try Scenario(.leastConnections, weights: [1, 1])
    let held = try #require(scenario.balancer.pick(at: scenario.now))
    scenario.balancer.update(Scenario.instances([1, 1, 1]), at: scenario.now)
    #expect(scenario.balancer.status.map(\.pending).reduce(0, +) == 1)
    held.finish(.success, at: scenario.now)
    #expect(scenario.balancer.status.map(\.pending) == [0, 0, 0])
    #expect(scenario.counts(30) == ["i0": 10, "i1": 10, "i2": 10])
  }
}
