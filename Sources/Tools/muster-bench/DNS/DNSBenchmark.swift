internal import MusterLoad

/// Questions for the instances of a service, in turn with Knot DNS and the same records.
struct DNSBenchmark: Benchmark {
  let figures = ["dns.a.10", "dns.srv.10", "dns.a.200"]

  func run(_ bench: Bench) throws(LoadError) -> [Figure] {
    guard let load = DNSLoad(ifInstalledFor: bench) else {
      bench.say("dns: dnsperf is not installed, so nothing is measured")
      return []
    }
    let port = try FreePort.next()
    let server = try RegistryServer(bench, data: "dns", dns: "127.0.0.1:\(port)")
    try server.send(DNSZone.registrations)
    let knot = try Knot(ifInstalledFor: bench)
    if knot == nil { bench.say("dns: Knot is not installed, so there is no reference") }
    return try [("A", 10), ("SRV", 10), ("A", 200)].map { type, size throws(LoadError) in
      try measure(type, size, load, port, knot, bench)
    }
  }

  private func measure(
    _ type: String, _ size: Int, _ load: DNSLoad, _ port: UInt16, _ knot: Knot?, _ bench: Bench
  ) throws(LoadError) -> Figure {
    let name = "dns.\(type.lowercased()).\(size)"
    let questions = try bench.folder.write("\(DNSZone.name(size)) \(type)\n", as: "\(name).txt")
    try Waiting.until("DNS is answered") { load.answers(port: port, questions: questions) }
    if let knot { try Waiting.until("Knot answers") { load.answers(port: knot.port, questions: questions) } }
    bench.say("\(name): measuring\(knot == nil ? "" : ", in turn with Knot")")
    let comparison = try Comparison(rounds: bench.rounds) { () throws(LoadError) in
      try load.rate(port: port, questions: questions, seconds: bench.seconds)
    } reference: { () throws(LoadError) in
      guard let knot else { return nil }
      return try load.rate(port: knot.port, questions: questions, seconds: bench.seconds)
    }
    return comparison.figure(name, unit: "requests/s", goal: .ratioAtLeast(0.8), reference: "Knot")
  }
}
