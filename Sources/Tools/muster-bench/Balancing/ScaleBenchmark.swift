internal import MusterBalancing
internal import MusterLoad
internal import MusterThreading

/// Choices and their ends by four threads on two processors, beside one thread on one of them.
struct ScaleBenchmark: Benchmark {
  let figures = ["balancing.scale"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    try [BalancingPolicy.random, .roundRobin, .powerOfTwo, .peakEWMA, .maglev, .leastConnections].map {
      policy throws(LoadError) in
      bench.say("balancing.scale.\(policy.rawValue): measuring")
      let choice = try Choice(policy, instances: 1_000)
      let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
        try rate(of: choice, threads: 4, bench)
      } reference: { () throws(LoadError) in
        try rate(of: choice, threads: 1, bench)
      }
      let goal: Figure.Goal? = policy == .leastConnections ? nil : .ratioAtLeast(1.6)
      return comparison.figure(
        "balancing.scale.\(policy.rawValue)", unit: "calls/s", goal: goal, reference: "one thread")
    }
  }

  private func rate(of choice: Choice, threads: Int, _ bench: Bench) throws(LoadError) -> Double {
    let total = Locked(0)
    let seconds = bench.isQuick ? 0.1 : 1.0
    let deadline = ContinuousClock.now + .seconds(seconds)
    do {
      let workers = try (0..<threads).map { number in
        try WorkerThread(name: "picks") {
          // A thread that can't be bound runs where its maker does; the figure is then too low, never too high.
          try? Processors(only: number % 2 == 0 ? bench.loadProcessor : bench.serverProcessor).bindThisThread()
          let made = choice.calls(until: deadline)
          total.withLock { $0 += made }
        }
      }
      for worker in workers { worker.join() }
    } catch {
      throw LoadError(.system, "\(error)")
    }
    return Double(total.withLock { $0 }) / seconds
  }
}
