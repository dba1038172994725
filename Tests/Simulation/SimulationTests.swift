internal import MusterBalancing
internal import MusterSimulation
internal import Testing

@Suite("A simulation")
struct SimulationTests {
  /// 6,720 calls from the trouble on: 4 instances · 8 slots · 100 calls a second · 70 % · 3 s.
  private static let small: SimulationPlan = {
    var plan = SimulationPlan()
    plan.instances = 4
    plan.callers = 2
    plan.seconds = 3
    return plan
  }()

  private func run(_ policy: BalancingPolicy, _ scenario: Scenario) throws -> Outcome {
    try Simulation.run(policy, scenario, Self.small)
  }

  @Test("gives the same figures for the same seed, and others for another", arguments: BalancingPolicy.allCases)
  func seeded(policy: BalancingPolicy) throws {
    let outcome = try run(policy, .slow)
    #expect(try run(policy, .slow) == outcome)
    var other = Self.small
    other.seed = 2
    #expect(try Simulation.run(policy, .slow, other) != outcome)
  }

  @Test("gives every policy the same calls", arguments: Scenario.allCases)
  func sameCalls(scenario: Scenario) throws {
    let counts = try [BalancingPolicy.random, .powerOfTwo, .rendezvous].map { try run($0, scenario).calls }
    #expect(Set(counts).count == 1)
    // A Poisson count varies by its root, 82: five of them.
    #expect(abs((counts.first ?? 0) - 6_720) < 410)
  }

  @Test("takes as long as its calls where nobody has to wait")
  func unloaded() throws {
    var plan = Self.small
    plan.load = 5
    plan.seconds = 60
    let outcome = try Simulation.run(.roundRobin, .calm, plan)
    // Exponentially distributed work of 10 ms: the median is 10 · ln 2 = 6.93, the 99th percentile 10 · ln 100 = 46.05. With
    // 9,600 calls the first varies by 10 / √9600 = 0.1, the second by 10 · √(99 / 9600) = 1.0: five times that.
    #expect(abs(outcome.median - 6.93) < 0.5)
    #expect(abs(outcome.p99 - 46.05) < 5)
    #expect(outcome.failed == 0)
  }

  @Test(
    "shows loads beating turns at least twofold beside a slow instance",
    arguments: [BalancingPolicy.powerOfTwo, .peakEWMA, .leastConnections])
  func slow(policy: BalancingPolicy) throws {
    let outcome = try run(policy, .slow)
    let turns = try run(.roundRobin, .slow)
    #expect(outcome.p99 * 2 <= turns.p99)
    #expect(try #require(outcome.affected) < 0.6)
    #expect(abs(try #require(turns.affected) - 1) < 0.01)
  }

  @Test("shows that refusals look quick to all but peak EWMA")
  func refusing() throws {
    #expect(try run(.leastConnections, .refusing).failed > run(.roundRobin, .refusing).failed)
    #expect(try run(.peakEWMA, .refusing).failed * 10 < run(.roundRobin, .refusing).failed)
  }

  @Test("shows that an instance which hangs gets few calls where loads count")
  func hanging() throws {
    let turns = try run(.roundRobin, .hanging)
    // Two of three seconds' calls, a quarter of them, run into the deadline.
    #expect(abs(turns.failedShare - 2.0 / 3 / 4) < 0.03)
    #expect(turns.p99 == 1_000)
    #expect(try run(.powerOfTwo, .hanging).failed * 10 < turns.failed)
  }

  @Test("shows that slow start spares a cold newcomer", arguments: [BalancingPolicy.random, .roundRobin, .maglev])
  func joining(policy: BalancingPolicy) throws {
    let whole = try run(policy, .joining)
    let slowly = try run(policy, .joiningSlowly)
    #expect(slowly.failed < whole.failed)
    #expect(try #require(slowly.affected) < #require(whole.affected) * 0.8)
  }

  /// A change that makes a plan impossible, and what the message must hold.
  private static let refusals: [(change: @Sendable (inout SimulationPlan) -> Void, message: String)] = [
    ({ $0.load = 0 }, "load is 0: it must be from 1 to 100"), ({ $0.load = 101 }, "load is 101"),
    ({ $0.instances = 1 }, "instances is 1: it must be from 2 to 1000"), ({ $0.instances = .max }, "instances is"),
    ({ $0.callers = 0 }, "callers is 0: it must be from 1 to 64"), ({ $0.callers = 65 }, "callers is 65"),
    ({ $0.seconds = 0 }, "seconds is 0: it must be from 1 to 600"), ({ $0.seconds = .min }, "seconds is"),
    ({ $0.seconds = 600 }, "instances times seconds is 2400: it may be 2000"),
  ]

  @Test("of a plan that makes no sense is refused with the value", arguments: refusals.indices)
  func refused(index: Int) {
    var plan = Self.small
    Self.refusals[index].change(&plan)
    let error = #expect(throws: SimulationError.self) { try Simulation.run(.random, .calm, plan) }
    #expect(error?.message.hasPrefix(Self.refusals[index].message) == true)
  }
}
