internal import MusterLoad

/// Durable registrations of new instances, in registries of different sizes.
struct RegistrationBenchmark: Benchmark {
  let figures = ["registry.register"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    let server = try RegistryServer(bench, data: "register")
    let etcd = try Etcd(ifInstalledFor: bench)
    if etcd == nil { bench.say("registry.register: etcd is not installed, so there is nothing to compare with") }
    var figures: [Figure] = []
    var filled = 0
    for size in bench.isQuick ? [100, 1_000] : [100, 10_000, 100_000] {
      let name = "registry.register.\(size)"
      bench.say("\(name): registering up to \(size) instances")
      try server.fill(filled..<size)
      filled = size
      bench.say("\(name): measuring, in turn with etcd")
      // Far beyond what stays, and other numbers for each size.
      var burst = try RegistrationBurst(bench, port: server.port, first: 1_000_000 * (figures.count + 1))
      let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
        try burst.rate()
      } reference: { () throws(LoadError) in
        try etcd?.putRate(seconds: bench.seconds)
      }
      figures.append(comparison.figure(name, unit: "requests/s", goal: .atLeast(25_000), reference: "etcd put"))
    }
    return figures
  }
}
