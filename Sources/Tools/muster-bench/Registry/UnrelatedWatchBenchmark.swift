internal import MusterLoad

/// What watchers of one service cost those who register others.
struct UnrelatedWatchBenchmark: Benchmark {
  let figures = ["registry.watch.unrelated"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let count = bench.size(4_000, quick: 100)
    let server = try RegistryServer(bench, data: "unrelated")
    try server.fill(0..<1_000)
    let target = RegistryRequest.target(service: 0, query: "wait=10m")
    let index = try server.control.get(target).header("X-Consul-Index") ?? "1"
    let query = RequestTemplate("GET", "\(target)&index=\(index)").bytes(0)
    var burst = try RegistrationBurst(bench, port: server.port, first: 1_000_000)
    bench.say("registry.watch.unrelated: registering with \(count) watchers of another service, and with none")
    let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      var parked = try ParkedQueries(port: server.port, count: count)
      try parked.park(query, parked: server.watchers)
      return try burst.rate()
    } reference: { () throws(LoadError) in
      try Waiting.until("the watchers are let go") { () throws(LoadError) in try server.watchers() == 0 }
      return try burst.rate()
    }
    return [
      comparison.figure(
        "registry.watch.unrelated", unit: "requests/s", goal: .ratioAtLeast(0.95), reference: "no watchers")
    ]
  }
}
