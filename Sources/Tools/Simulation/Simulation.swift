package import MusterBalancing
internal import MusterDiscovery
internal import MusterTiming

/// A run of one policy through one scenario: events are worked off in the order of their times (discrete-event simulation).
package struct Simulation {
  let plan: SimulationPlan
  let scenario: Scenario
  /// The machine that the scenario is about; nil when it is about none.
  let affected: Int?
  /// Nothing depends on when a run is made: balancers see differences of times alone.
  private let origin = ContinuousClock.now
  var machines: [Machine]
  var balancers: [Balancer] = []
  var calls: [Call] = []
  var tally: Tally
  private var events = BinaryHeap<Event>()
  private var planned = 0
  var random: RandomSource

  /// Makes a run.
  ///
  /// - Returns: What was measured from the trouble on.
  /// - Throws: `SimulationError` when the plan can't be run.
  package static func run(
    _ policy: BalancingPolicy, _ scenario: Scenario, _ plan: SimulationPlan
  ) throws(SimulationError) -> Outcome {
    try plan.validate()
    var simulation = try Simulation(policy, scenario, plan)
    simulation.work()
    return Outcome(policy, scenario, simulation.tally)
  }

  private init(_ policy: BalancingPolicy, _ scenario: Scenario, _ plan: SimulationPlan) throws(SimulationError) {
    self.plan = plan
    self.scenario = scenario
    let machineCount = plan.instances + (scenario.hasNewcomer ? 1 : 0)
    affected = scenario == .calm ? nil : scenario.hasNewcomer ? plan.instances : 0
    machines = Array(repeating: Machine(), count: machineCount)
    tally = Tally(machines: machineCount, affected: affected)
    random = RandomSource(seed: plan.seed)
    for number in 0..<plan.callers {
      balancers.append(try Self.balancer(policy, scenario, seed: plan.seed &+ UInt64(number), at: origin))
    }
    publish(0..<plan.instances, at: 0)
    schedule(.arrival, at: 0)
    schedule(.trouble, at: SimulationPlan.start)
  }

  private static func balancer(
    _ policy: BalancingPolicy, _ scenario: Scenario, seed: UInt64, at origin: ContinuousClock.Instant
  ) throws(SimulationError) -> Balancer {
    var settings = BalancerSettings()
    if scenario == .joiningSlowly { settings.slowStart = .init(window: .nanoseconds(SimulationPlan.warming)) }
    do {
      return try Balancer(policy, settings: settings, seed: seed, now: origin)
    } catch {
      throw SimulationError(message: error.description)
    }
  }

  private mutating func work() {
    while let event = events.first {
      events.removeFirst()
      handle(event)
    }
  }

  mutating func schedule(_ kind: Event.Kind, at time: Int64) {
    events.insert(Event(time: time, number: planned, kind: kind))
    planned += 1
  }

  /// A moment of the run as balancers count time.
  func instant(_ time: Int64) -> ContinuousClock.Instant { origin.advanced(by: .nanoseconds(time)) }

  /// Tells all callers which machines there are.
  mutating func publish(_ numbers: Range<Int>, at time: Int64) {
    let instances = numbers.map { number in
      Instance(id: "instance-\(number)", service: "web", endpoint: Endpoint(host: "10.0.0.1", port: UInt16(1 + number)))
    }
    for balancer in balancers { balancer.update(instances, at: instant(time)) }
    tally.listed = numbers
  }
}
