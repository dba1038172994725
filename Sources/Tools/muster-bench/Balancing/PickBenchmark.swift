internal import MusterBalancing
internal import MusterDiscovery
internal import MusterLoad

/// What one choice costs on one thread, with every policy and 10 to 10,000 instances; beside it a draw from an array.
struct PickBenchmark: Benchmark {
  let figures = ["balancing.pick"]

  /// Nanoseconds; none where the design asks for nothing.
  private static let goals: [BalancingPolicy: Double] = [
    .random: 50, .roundRobin: 50, .powerOfTwo: 50, .peakEWMA: 50, .leastConnections: 100, .maglev: 100,
  ]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    var figures: [Figure] = []
    for policy in BalancingPolicy.allCases {
      for count in [10, 1_000, 10_000] {
        bench.say("balancing.pick.\(policy.rawValue).\(count): measuring")
        let choice = try Choice(policy, instances: count)
        let picks = policy == .rendezvous ? max(2_000_000 / count, 100) : bench.size(2_000_000, quick: 10_000)
        let comparison = try Comparison(rounds: bench.rounds) {
          choice.nanoseconds(picks: picks)
        } reference: {
          choice.drawNanoseconds(draws: picks)
        }
        figures.append(
          comparison.figure(
            "balancing.pick.\(policy.rawValue).\(count)", unit: "ns", goal: Self.goals[policy].map { .atMost($0) },
            reference: "a draw from an array"))
      }
    }
    return figures
  }
}

/// A balancer with instances.
struct Choice: Sendable {
  private let balancer: Balancer
  private let instances: [Instance]

  init(_ policy: BalancingPolicy, instances count: Int) throws(LoadError) {
    instances = (0..<count).map { number in
      Instance(
        id: "instance-\(number)", service: "web", endpoint: Endpoint(host: "10.0.0.1", port: 80), weight: 1 + number % 4
      )
    }
    let now = ContinuousClock.now
    do {
      balancer = try Balancer(policy, seed: 1, now: now)
    } catch {
      throw LoadError(.system, error.message)
    }
    balancer.update(instances, at: now)
    // Peak EWMA compares what it has learnt.
    for _ in 0..<count * 4 { balancer.pick(at: now)?.finish(.success, at: now + .milliseconds(3)) }
  }

  /// The time of a choice; calls end outside of it.
  func nanoseconds(picks: Int) -> Double {
    var picked: [Pick] = []
    picked.reserveCapacity(1_000)
    var total = Duration.zero
    var made = 0
    while made < picks {
      let now = ContinuousClock.now
      for number in 0..<1_000 {
        if let pick = balancer.pick(key: UInt64(truncatingIfNeeded: made &+ number), at: now) { picked.append(pick) }
      }
      total += now.duration(to: .now)
      made += 1_000
      for pick in picked { pick.finish(.success, at: now + .milliseconds(3)) }
      picked.removeAll(keepingCapacity: true)
    }
    return Self.nanoseconds(total) / Double(made)
  }

  /// The time of a draw of the same generator, and of taking what it says from an array.
  func drawNanoseconds(draws: Int) -> Double {
    var random = SeededGenerator(seed: 2)
    var sum = 0
    let start = ContinuousClock.now
    for _ in 0..<draws {
      sum &+= instances[Int(truncatingIfNeeded: random.next() % UInt64(instances.count))].weight
    }
    let total = start.duration(to: .now)
    // The compiler must not see that nobody needs the sum.
    return Self.nanoseconds(total) / Double(draws) + (sum == .min ? 1 : 0)
  }

  /// Choices with their ends until `deadline`: how many.
  func calls(until deadline: ContinuousClock.Instant) -> Int {
    var made = 0
    while true {
      let now = ContinuousClock.now
      if now >= deadline { return made }
      for number in 0..<256 {
        balancer.pick(key: UInt64(truncatingIfNeeded: made &+ number), at: now)?.finish(.success, at: now)
      }
      made += 256
    }
  }

  private static func nanoseconds(_ duration: Duration) -> Double { duration / .nanoseconds(1) }
}
