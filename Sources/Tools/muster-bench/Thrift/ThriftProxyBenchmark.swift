internal import MusterLoad

/// Calls through the proxy on one processor, in turn with HAProxy and Envoy, and without anything between.
struct ThriftProxyBenchmark: Benchmark {
  let figures = ["thrift.proxy.calls", "thrift.proxy.p99", "thrift.direct.calls"]

  private static let connections = 32

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let answerers = try (0..<2).map { _ throws(LoadError) in try ThriftAnswerer(processor: bench.answerProcessor) }
    defer { withExtendedLifetime(answerers) {} }
    let ports = answerers.map(\.port)
    let proxy = try MusterProxy(bench, servers: ports)
    let haproxy = try HAProxy(ifInstalledFor: bench, servers: ports)
    let envoy = try Envoy(ifInstalledFor: bench, servers: ports)
    for (name, isThere) in [("HAProxy", haproxy != nil), ("Envoy", envoy != nil)] where !isThere {
      bench.say("thrift: \(name) is not installed, so it is no reference")
    }
    bench.say("thrift: measuring calls with \(Self.connections) connections")
    var direct: [Double] = []
    var rounds: [[LoadResult?]] = []
    for _ in 0..<bench.rounds {
      var round: [LoadResult?] = []
      for port in [proxy.port, haproxy?.port, envoy?.port] {
        round.append(try port.map { port throws(LoadError) in try measure(port, bench) })
      }
      rounds.append(round)
      direct.append(try measure(ports[0], bench).rate)
    }
    return [
      Self.figure("thrift.proxy.calls", "calls/s", .ratioAtLeast(1), rounds, against: 1, "HAProxy") { $0.rate },
      Self.figure("thrift.proxy.calls.envoy", "calls/s", .ratioAtLeast(2), rounds, against: 2, "Envoy") { $0.rate },
      Self.figure("thrift.proxy.p99", "µs", .ratioAtMost(1.2), rounds, against: 1, "HAProxy") {
        Double($0.latency.time(at: 0.99)) / 1_000
      },
      Figure(name: "thrift.direct.calls", value: direct.median, unit: "calls/s"),
    ]
  }

  private func measure(_ port: UInt16, _ bench: Bench) throws(LoadError) -> LoadResult {
    var load = try ThriftLoad(port: port, connections: Self.connections)
    return try load.run(seconds: bench.seconds)
  }

  private static func figure(
    _ name: String, _ unit: String, _ goal: Figure.Goal, _ rounds: [[LoadResult?]], against other: Int,
    _ reference: String, _ value: (LoadResult) -> Double
  ) -> Figure {
    let own = rounds.compactMap { $0[0].map(value) }
    let others = rounds.compactMap { $0[other].map(value) }
    var figure = Figure(name: name, value: own.median, unit: unit, goal: goal)
    guard !others.isEmpty, others.count == own.count else { return figure }
    figure.reference = others.median
    figure.referenceName = reference
    figure.ratio = zip(own, others).map { $1 > 0 ? $0 / $1 : 0 }.median
    return figure
  }
}
