internal import MusterCalling
internal import MusterDiscovery
internal import MusterLoad
internal import MusterResilience

/// What the whole of fault tolerance adds to a call that succeeds at once: deadline, retry budget, balancing, breaker, outlier
/// detection, with and without hedging; beside it the same attempt called directly.
struct CallBenchmark: Benchmark {
  let figures = ["resilience.call"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    var hedged = CallSettings()
    hedged.hedge = HedgePolicy.Settings()
    return [
      try measure("resilience.call", CallSettings(), goal: .atMost(2_000), bench),
      try measure("resilience.call.hedged", hedged, goal: nil, bench),
    ]
  }

  private func measure(
    _ name: String, _ settings: CallSettings, goal: Figure.Goal?, _ bench: Bench
  ) throws(LoadError) -> Figure {
    bench.say("\(name): measuring")
    let caller: ServiceCaller
    do {
      caller = try ServiceCaller("web", settings: settings, seed: 1)
    } catch {
      throw LoadError(.system, "\(error)")
    }
    let instances = (0..<10).map { number in
      Instance(id: "web-\(number)", service: "web", endpoint: Endpoint(host: "10.0.0.\(number)", port: 80))
    }
    caller.update(Snapshot(service: "web", instances: instances))
    let count = bench.size(200_000, quick: 1_000)
    let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      try AsyncWork.run { try await Self.nanoseconds(of: count, through: caller) }
    } reference: { () throws(LoadError) in
      try AsyncWork.run { try await Self.nanoseconds(of: count, at: instances[0]) }
    }
    return comparison.figure(name, unit: "ns", goal: goal, reference: "the attempt alone")
  }

  private static func nanoseconds(of count: Int, through caller: ServiceCaller) async throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<count {
      _ = try await caller.call(isIdempotent: true, classify: { _ in .failed }) { try await call($0.instance) }
    }
    return start.duration(to: .now) / .nanoseconds(1) / Double(count)
  }

  private static func nanoseconds(of count: Int, at instance: Instance) async throws -> Double {
    let start = ContinuousClock.now
    for _ in 0..<count { _ = try await call(instance) }
    return start.duration(to: .now) / .nanoseconds(1) / Double(count)
  }

  @inline(never)
  private static func call(_ instance: Instance) async throws -> UInt16 { instance.endpoint.port }
}
