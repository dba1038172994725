internal import MusterLoad

/// Thousands of event streams of one service, and how long a change takes to reach them all.
struct StreamBenchmark: Benchmark {
  let figures = ["registry.stream.4000", "registry.stream.100"]
  private let fullRounds = 10

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let count = bench.size(4_000, quick: 100)
    let server = try RegistryServer(bench, data: "stream")
    try server.fill(0..<1_000, with: RegistryRequest.registerWide)
    let name = "registry.stream.\(count)"
    bench.say("\(name): measuring how long a change takes to reach \(count) event streams")
    let request = RequestTemplate("GET", RegistryRequest.events(service: 0)).bytes(0)
    var streams = try EventLoad(port: server.port, connections: count, request: request)
    _ = try streams.next(since: MonotonicClock.nanoseconds)
    var trigger = try LoadClient(port: server.port, connections: 1)
    var times: [LatencyHistogram] = []
    for round in 0..<bench.size(fullRounds, quick: 2) {
      let start = MonotonicClock.nanoseconds
      try trigger.send((round % 2 == 0 ? RegistryRequest.warn : RegistryRequest.pass).bytes(0), on: 0)
      times.append(try streams.next(since: start))
      while trigger.outstanding > 0 { try trigger.receive() }
    }
    return [("p50", 0.5, nil), ("p99", 0.99, Figure.Goal.atMost(30)), ("max", 1, nil)].map { part, quantile, goal in
      Figure(
        name: "\(name).\(part)", value: times.map { Double($0.time(at: quantile)) / 1e6 }.median, unit: "ms",
        goal: goal)
    }
  }
}
