internal import MusterLoad

/// Thousands of blocking queries on one service, and how long a change takes to reach them all.
struct WatchBenchmark: Benchmark {
  let figures = ["registry.watch.4000", "registry.watch.100"]
  private let fullRounds = 10

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let count = bench.size(4_000, quick: 100)
    let server = try RegistryServer(bench, data: "watch")
    try server.fill(0..<1_000, with: RegistryRequest.registerWide)
    let target = RegistryRequest.target(service: 0, query: "wait=5m")
    let reference = try ReferenceServer(bench, like: server.control.get(target))
    var ours = try ParkedQueries(port: server.port, count: count)
    var theirs = try ParkedQueries(port: reference.port, count: count)
    let name = "registry.watch.\(count)"
    bench.say("\(name): measuring, in turn with libmicrohttpd alone")
    var times: [LatencyHistogram] = []
    var referenceTimes: [LatencyHistogram] = []
    for round in 0..<bench.size(fullRounds, quick: 2) {
      let index = try server.control.get(target).header("X-Consul-Index") ?? "1"
      try ours.park(RequestTemplate("GET", "\(target)&index=\(index)").bytes(0), parked: server.watchers)
      times.append(try ours.release((round % 2 == 0 ? RegistryRequest.warn : RegistryRequest.pass).bytes(0)))
      try theirs.park(RequestTemplate("GET", "/park").bytes(0), parked: reference.parked)
      referenceTimes.append(try theirs.release(RequestTemplate("GET", "/go").bytes(0)))
    }
    return [("p50", 0.5, nil), ("p99", 0.99, Figure.Goal.atMost(100)), ("max", 1, nil)].map { part, quantile, goal in
      figure("\(name).\(part)", times, referenceTimes, at: quantile, goal: goal)
    }
  }

  private func figure(
    _ name: String, _ times: [LatencyHistogram], _ references: [LatencyHistogram], at quantile: Double,
    goal: Figure.Goal?
  ) -> Figure {
    let values = times.map { Double($0.time(at: quantile)) / 1e6 }
    let others = references.map { Double($0.time(at: quantile)) / 1e6 }
    return Figure(
      name: name, value: values.median, unit: "ms", goal: goal, reference: others.median,
      referenceName: "libmicrohttpd alone", ratio: zip(values, others).map { $0 / $1 }.median)
  }
}
