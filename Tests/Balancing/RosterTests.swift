internal import MusterBalancing
internal import MusterDiscovery
internal import Testing

@Suite("Who is chosen among")
struct RosterTests {
  @Test("calls stay in the zone that has its share of the instances")
  func zone() throws {
    let scenario = try Scenario(.roundRobin, weights: [1, 1, 1, 1], zones: ["a", "a", "b", "b"]) { $0.zone = "a" }
    #expect(Set(scenario.counts(400).keys) == ["i0", "i1"])
  }

  /// Of four instances one is in zone a, where half of the callers are: it can take half of their calls.
  @Test("a zone with too few instances keeps what they can take, and the rest spills over")
  func spill() throws {
    let scenario = try Scenario(.random, weights: [1, 1, 1, 1], zones: ["a", "b", "b", "b"]) { $0.zone = "a" }
    let near = scenario.counts(10_000)["i0", default: 0]
    // Five σ of 10,000 draws at one half.
    #expect(abs(near - 5_000) <= 250)
  }

  @Test("a zone without instances sends all calls elsewhere, and a retry leaves its zone")
  func otherZone() throws {
    let elsewhere = try Scenario(.powerOfTwo, weights: [1, 1], zones: ["b", "b"]) { $0.zone = "a" }
    #expect(elsewhere.counts(50).count == 2)
    let retry = try Scenario(.powerOfTwo, weights: [1, 1], zones: ["a", "b"]) { $0.zone = "a" }
    #expect(Set(retry.counts(50, excluding: ["i0"]).keys) == ["i1"])
  }

  @Test("a subset is the same for the same caller, and every instance is in about as many")
  func subsets() throws {
    var uses: [String: Int] = [:]
    for caller in 0..<200 {
      let subset = BalancerSettings.Subset(size: 5, caller: "caller-\(caller)")
      let scenario = try Scenario(.roundRobin, weights: Array(repeating: 1, count: 20)) { $0.subset = subset }
      let again = try Scenario(.random, weights: Array(repeating: 1, count: 20)) { $0.subset = subset }
      let ids = Set(scenario.counts(100).keys)
      #expect(ids.count == 5)
      #expect(Set(again.counts(400).keys) == ids)
      for id in ids { uses[id, default: 0] += 1 }
    }
    // 200 · 5 / 20 = 50 each, σ = √(200 · ¼ · ¾) = 6.1; four of them.
    for (id, count) in uses { #expect(abs(count - 50) <= 25, "\(id): \(count)") }
  }

  @Test("a newcomer gets its share bit by bit", arguments: [BalancingPolicy.random, .powerOfTwo, .roundRobin])
  func slowStart(policy: BalancingPolicy) throws {
    var scenario = try Scenario(policy, weights: [1, 1, 1]) { $0.slowStart = .init(window: .seconds(100)) }
    #expect(scenario.counts(3_000)["i2", default: 0] >= 800)
    scenario.balancer.update(Scenario.instances([1, 1, 1, 1]), at: scenario.now)
    var shares: [Int] = []
    for _ in 0..<3 {
      shares.append(scenario.counts(4_000)["i3", default: 0])
      scenario.now += .seconds(50)
    }
    // A tenth of the share at first, half of it after half of the time, then all of it: 100, 500 and 1,000 of 4,000, and
    // something more, since a choice that is made anew may fall on the newcomer again.
    #expect((20...200).contains(shares[0]), "\(shares)")
    #expect((350...750).contains(shares[1]), "\(shares)")
    #expect((850...1_150).contains(shares[2]), "\(shares)")
  }

  private static let refusals: [(String, @Sendable (inout BalancerSettings) -> Void)] = [
    ("panicThreshold is 1.5", { $0.panicThreshold = 1.5 }),
    ("panicThreshold is nan", { $0.panicThreshold = .nan }),
    ("loadBound is 1.0", { $0.loadBound = 1 }),
    ("decay is 0.0 seconds", { $0.decay = .zero }),
    ("subset.size is 0", { $0.subset = .init(size: 0, caller: "x") }),
    ("slowStart.window is -1.0 seconds", { $0.slowStart = .init(window: .seconds(-1)) }),
    ("slowStart.aggression is 0.0", { $0.slowStart = .init(window: .seconds(1), aggression: 0) }),
    ("slowStart.least is 2.0", { $0.slowStart = .init(window: .seconds(1), least: 2) }),
  ]

  @Test("settings that make no sense are refused with the value", arguments: refusals.indices)
  func refused(index: Int) throws {
    let (message, change) = Self.refusals[index]
    let error = #expect(throws: BalancingError.self) { try Scenario(.random, weights: [1], zones: [], change) }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
  }
}
