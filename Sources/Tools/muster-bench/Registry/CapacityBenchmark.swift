internal import MusterLoad

/// The memory of a large registry, and how soon it answers again after a crash.
struct CapacityBenchmark: Benchmark {
  let figures = ["registry.memory", "registry.restart"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let size = bench.size(85_000, quick: 1_000)
    let server = try RegistryServer(bench, data: "capacity")
    bench.say("registry.memory.\(size): registering \(size) instances")
    try server.fill(0..<size)
    let registered = try server.child.residentBytes()
    var client = try LoadClient(port: server.port, connections: 64)
    _ = try client.run(.requests(min(1_000, size / 10))) { RegistryRequest.query.bytes($0) }
    let queried = try server.child.residentBytes()
    let megabytes = { (bytes: Int) in Double(bytes) / 1e6 }
    return [
      Figure(
        name: "registry.memory.\(size).registered", value: megabytes(registered), unit: "MB", goal: .atMost(150)),
      Figure(name: "registry.memory.\(size).queried", value: megabytes(queried), unit: "MB", goal: .atMost(150)),
      try restart(bench, server, size),
    ]
  }

  /// Kills the server and starts it on the same data, until it answers a query as before.
  private func restart(_ bench: Bench, _ first: RegistryServer, _ size: Int) throws(LoadError) -> Figure {
    let target = RegistryRequest.target(service: size / 20, query: "passing")
    let expected = try first.control.get(target).bodyBytes
    var server = first
    var times: [Double] = []
    bench.say("registry.restart.\(size): killing the server and starting it again")
    for _ in 0..<bench.rounds {
      server.child.end()
      server = try RegistryServer(bench, data: "capacity")
      let answer = try server.control.get(target)
      times.append(Double(MonotonicClock.nanoseconds - server.child.started) / 1e6)
      guard answer.bodyBytes == expected, try server.instances() == size else {
        throw LoadError(
          .badAnswer, "after a restart \(target) has \(answer.bodyBytes) bytes in place of \(expected)")
      }
    }
    return Figure(name: "registry.restart.\(size)", value: times.median, unit: "ms", goal: .atMost(1_000))
  }
}
