internal import MusterBalancing
internal import MusterDiscovery
internal import Testing

@Suite("Every policy")
struct SpreadTests {
  /// Shares of a draw of n calls with probability p deviate by √(n·p·(1−p)): five times that is met but once in 10⁶ runs,
  /// and the seed is fixed. The ring's own shares vary by 1/√160 = 8 % (one σ), for which 30 % are four σ.
  @Test("spreads calls over alike instances", arguments: BalancingPolicy.allCases)
  func even(policy: BalancingPolicy) throws {
    let calls = 20_000
    let counts = try Scenario(policy, weights: Array(repeating: 1, count: 10)).counts(calls)
    let mean = Double(calls) / 10
    let drawn = 5 * (mean * 0.9).squareRoot()
    let bound = policy == .ringHash ? 0.3 * mean + drawn : policy == .maglev ? 0.01 * mean + drawn : drawn
    #expect(counts.count == 10)
    for (id, count) in counts { #expect(abs(Double(count) - mean) <= bound, "\(id): \(count)") }
  }

  /// To 1 % of the whole, beside what a draw of 200,000 deviates by (five times √(n·p·(1−p)) is 0.6 % of it at most).
  @Test(
    "honours weights",
    arguments: [BalancingPolicy.random, .weightedRoundRobin, .powerOfTwo, .peakEWMA, .maglev, .rendezvous])
  func weights(policy: BalancingPolicy) throws {
    let weights = [1, 2, 3, 4, 10]
    let calls = 200_000
    let counts = try Scenario(policy, weights: weights).counts(calls)
    for (index, weight) in weights.enumerated() {
      let share = Double(counts["i\(index)", default: 0]) / Double(calls)
      #expect(abs(share - Double(weight) / 20) <= 0.01, "i\(index): \(share)")
    }
  }

  @Test("goes round smoothly: no instance gets its turns in a row")
  func smooth() throws {
    let scenario = try Scenario(.weightedRoundRobin, weights: [5, 1, 1])
    let ids = scenario.owners(of: 700).compactMap { $0 }
    // i0 has five turns in each unit of virtual time, the others one each, 0.62 and 0.24 after its first: the longest time
    // without one of them is 0.62, in which there is room for four turns.
    var run = 0
    for id in ids {
      run = id == "i0" ? run + 1 : 0
      #expect(run <= 4)
    }
    #expect(abs(ids.filter { $0 == "i0" }.count - 500) <= 1)
  }

  @Test("gives no call to weight 0, unless there is nothing else", arguments: BalancingPolicy.allCases)
  func weightZero(policy: BalancingPolicy) throws {
    #expect(try Scenario(policy, weights: [1, 0, 1]).counts(300)["i1"] == nil)
    #expect(try Scenario(policy, weights: [0, 0]).counts(100).values.reduce(0, +) == 100)
  }

  @Test("brings weights set beyond their range into it", arguments: BalancingPolicy.allCases)
  func absurdWeights(policy: BalancingPolicy) throws {
    let scenario = try Scenario(policy, weights: []) { $0.zone = "a" }
    var instances = Scenario.instances([1, 1, 1, 1], ["a", "a", "b", "b"])
    for (index, weight) in [1_000_000_000, .max, .min, -1].enumerated() { instances[index].weight = weight }
    scenario.balancer.update(instances, at: scenario.now)
    let counts = scenario.counts(400)
    #expect(Set(counts.keys) == ["i0", "i1"])
    #expect(counts.values.reduce(0, +) == 400)
  }

  @Test("has nobody for an empty list", arguments: BalancingPolicy.allCases)
  func empty(policy: BalancingPolicy) throws {
    #expect(try Scenario(policy, weights: []).counts(3).isEmpty)
  }

  @Test("takes another than those excluded, and nobody when all are", arguments: BalancingPolicy.allCases)
  func excluded(policy: BalancingPolicy) throws {
    let scenario = try Scenario(policy, weights: [1, 1, 1])
    #expect(Set(scenario.counts(60, excluding: ["i0", "i2"]).keys) == ["i1"])
    #expect(scenario.counts(60, excluding: ["i0", "i1", "i2"]).isEmpty)
  }

  @Test("never chooses an ejected instance, until too few are left", arguments: BalancingPolicy.allCases)
  func ejected(policy: BalancingPolicy) throws {
    let scenario = try Scenario(policy, weights: [1, 1, 1, 1])
    scenario.balancer.setEjected("i0", true)
    scenario.balancer.setEjected("i1", true)
    #expect(!scenario.balancer.isPanicking)
    #expect(Set(scenario.counts(400).keys) == ["i2", "i3"])
    scenario.balancer.setEjected("i2", true)
    #expect(scenario.balancer.isPanicking)
    #expect(scenario.counts(4_000).count == 4)
    for id in ["i0", "i1", "i2"] { scenario.balancer.setEjected(id, false) }
    #expect(!scenario.balancer.isPanicking)
  }

  @Test("finds whoever is left, ejected or not, the idle first", arguments: BalancingPolicy.allCases)
  func regardless(policy: BalancingPolicy) throws {
    let scenario = try Scenario(policy, weights: [1, 2, 0])
    scenario.balancer.setEjected("i0", true)
    let first = try #require(scenario.balancer.pickRegardless(at: scenario.now))
    let second = try #require(scenario.balancer.pickRegardless(at: scenario.now))
    #expect([first, second].map(\.instance.id) == ["i1", "i0"])
    #expect(scenario.balancer.pickRegardless(excluding: ["i0", "i1"], at: scenario.now)?.instance.id == "i2")
    #expect(scenario.balancer.pickRegardless(excluding: ["i0", "i1", "i2"], at: scenario.now) == nil)
    #expect(scenario.balancer.status.map(\.pending) == [1, 1, 1])
  }
}
