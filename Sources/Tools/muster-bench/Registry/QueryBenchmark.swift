internal import MusterLoad

/// Healthy instances of one service, and of a different one each time, in registries of different sizes.
struct QueryBenchmark: Benchmark {
  let figures = ["registry.query"]
  private let connections = 64

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let server = try RegistryServer(bench, data: "query")
    var figures: [Figure] = []
    var filled = 0
    for size in bench.isQuick ? [100, 1_000] : [100, 10_000, 100_000] {
      bench.say("registry.query.\(size): registering up to \(size) instances")
      try server.fill(filled..<size, with: RegistryRequest.registerWide)
      filled = size
      let answer = try server.control.get(RegistryRequest.target(service: 0, query: "passing"))
      let reference = try ReferenceServer(bench, like: answer)
      bench.say("registry.query.\(size): an answer has \(answer.bodyBytes) bytes")
      let request = RegistryRequest.query.bytes(0)
      figures.append(
        try compare(bench, "registry.query.\(size)", server, reference, goal: .ratioAtLeast(0.9)) { _ in request })
      if size == (bench.isQuick ? 1_000 : 100_000) {
        let services = size / 10
        figures.append(
          try compare(bench, "registry.query.random.\(size)", server, reference, goal: nil) {
            RegistryRequest.query.bytes($0 &* 7_919 % services)
          })
      }
    }
    return figures
  }

  private func compare(
    _ bench: Bench, _ name: String, _ server: RegistryServer, _ reference: ReferenceServer, goal: Figure.Goal?,
    _ request: (Int) -> [UInt8]
  ) throws(LoadError) -> Figure {
    bench.say("\(name): measuring, in turn with libmicrohttpd alone")
    var ours = try LoadClient(port: server.port, connections: connections)
    var theirs = try LoadClient(port: reference.port, connections: connections)
    let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      try ours.run(.after(seconds: bench.seconds), request).rate
    } reference: { () throws(LoadError) in
      try theirs.run(.after(seconds: bench.seconds), request).rate
    }
    return comparison.figure(name, unit: "requests/s", goal: goal, reference: "libmicrohttpd alone")
  }
}
