internal import MusterLoad

/// Heartbeats that change nothing, of 10,000 instances in turn.
struct HeartbeatBenchmark: Benchmark {
  let figures = ["registry.heartbeat"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let server = try RegistryServer(bench, data: "heartbeat")
    let size = bench.size(10_000, quick: 100)
    try server.fill(0..<size)
    bench.say("registry.heartbeat: measuring")
    var client = try LoadClient(port: server.port, connections: 64)
    var rates: [Double] = []
    for _ in 0..<bench.rounds {
      let result = try client.run(.after(seconds: bench.seconds)) { RegistryRequest.pass.bytes($0 &* 7_919 % size) }
      rates.append(result.rate)
    }
    return [Figure(name: "registry.heartbeat", value: rates.median, unit: "requests/s")]
  }
}
