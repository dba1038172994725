internal import MusterLoad

/// `muster server` as a child on a processor of its own, with one thread for HTTP.
struct RegistryServer {
  let child: ChildProcess
  let port: UInt16
  let control: Control

  /// Starts one that keeps its state in a folder below the benchmark's own.
  /// DNS is answered at `dns`, which is what `--dns` takes.
  init(_ bench: Bench, data: String, dns: String = "off") throws(LoadError) {
    let command = [
      "\(bench.programs)/muster", "server", "--http", "127.0.0.1:0", "--dns", dns, "--store", "sqlite",
      "--data-dir", "\(bench.folder.path)/\(data)", "--threads", "1", "--node", "bench-node", "--idle-timeout", "10m",
      "--log-level", "warning",
    ]
    (child, port) = try ServerStart.start(command, bench)
    control = try Control(port: port)
  }

  /// Registers instances by their numbers, ten to a service.
  func fill(_ numbers: Range<Int>, with template: RequestTemplate = RegistryRequest.register) throws(LoadError) {
    var client = try LoadClient(port: port, connections: min(64, max(1, numbers.count)))
    _ = try client.run(.requests(numbers.count)) { template.bytes(numbers.lowerBound + $0) }
  }

  /// Sends requests that must succeed.
  func send(_ requests: [[UInt8]]) throws(LoadError) {
    var client = try LoadClient(port: port, connections: 1)
    _ = try client.run(.requests(requests.count)) { requests[$0] }
  }

  /// How many blocking queries wait.
  func watchers() throws(LoadError) -> Int { try control.statusNumber("Watchers") }

  /// How many instances there are.
  func instances() throws(LoadError) -> Int { try control.statusNumber("Instances") }
}
