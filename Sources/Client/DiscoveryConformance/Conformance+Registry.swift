internal import MusterDiscovery

extension Conformance {
  var registrySteps: [Step] {
    [
      Step(name: "wrong registrations", body: wrongRegistrations), Step(name: "what is registered", body: registered),
      Step(name: "replacing", body: replacing), Step(name: "deregistering", body: deregistering),
      Step(name: "names byte by byte", body: bytewiseNames), Step(name: "health", body: health),
      Step(name: "renewing what is not there", body: unknownRenewal),
      Step(name: "many tasks at once", body: concurrency),
    ]
  }

  private func wrongRegistrations() async throws -> Findings {
    var findings = Findings()
    let good = Self.registration("conformance-wrong", 1)
    let wrong: [(String, (inout Registration) -> Void)] = [
      ("the name 'a b'", { $0.service = "a b" }), ("the port 0", { $0.port = 0 }),
      ("the weight -1", { $0.weight = -1 }),
      ("the weight 65536", { $0.weight = 65_536 }), ("an empty id", { $0.id = "" }),
      ("an empty host", { $0.host = "" }),
      ("a TTL of 0", { $0.checks = [HealthCheck(.ttl(.zero))] }),
    ]
    for (what, change) in wrong {
      var registration = good
      change(&registration)
      await findings.expect(.invalidArgument, "register refuses \(what)") { try await provider.register(registration) }
    }
    findings.expect(try await provider.discover(good.service), [], "nothing is kept of a refused registration")
    return findings
  }

  private func registered() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-list"
    var registrations = [3, 1, 2].map { Self.registration(service, $0) }
    registrations[0].tags = ["v2", "größer \"x\""]
    registrations[0].metadata = ["owner": "tests", "note": "a b/c?d=é"]
    registrations[0].zone = "rack-7"
    registrations[0].weight = 7
    registrations[1].weight = 0
    registrations[2].weight = Instance.maximumWeight
    var given: [Instance] = []
    for registration in registrations {
      let instance = try await provider.register(registration)
      findings.expect(instance, registration.instance(at: ""), "register returns the instance as callers see it")
      given.append(registration.instance(at: ""))
    }
    findings.expect(
      try await provider.discover(service), given.sorted { $0.id < $1.id },
      "discover gives what was registered, in the order of the ids")
    for instance in given { try await provider.deregister(instance) }

    let unnamed = try await provider.register(Registration(service: service, port: 2_004))
    findings.expect(
      !unnamed.endpoint.host.isEmpty, "a registration without a host gets the host's address", found: "none")
    findings.expect(
      unnamed.id, "\(service)-\(unnamed.endpoint.host)-2004", "a registration without an id gets the one of its address"
    )
    findings.expect(try await provider.discover(service), [unnamed], "discover gives it with that id and address")
    try await provider.deregister(unnamed)
    return findings
  }

  private func replacing() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-replace"
    try await provider.register(Self.registration(service, 1, id: "r"))
    let instance = try await provider.register(Self.registration(service, 2, id: "r"))
    findings.expect(
      try await provider.discover(service), [instance], "a registration of the same id takes the place of the earlier")
    let moved = try await provider.register(Self.registration("\(service)d", 3, id: "r"))
    findings.expect(try await provider.discover(service), [], "an id is in one service only")
    findings.expect(
      try await provider.discover("\(service)d"), [moved], "an id is in the service it registered for last")
    try await provider.deregister(moved)
    return findings
  }

  private func deregistering() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-deregister"
    let instance = try await provider.register(Self.registration(service, 1))
    try await provider.deregister(instance)
    findings.expect(try await provider.discover(service), [], "what is deregistered is gone")
    await findings.succeed("deregistering what is not there is no error") { try await provider.deregister(instance) }
    return findings
  }

  private func bytewiseNames() async throws -> Findings {
    var findings = Findings()
    let lower = try await provider.register(Self.registration("conformance-case", 1))
    findings.expect(
      try await provider.discover("Conformance-Case"), [], "names that differ in case alone are different names")
    try await provider.deregister(lower)
    return findings
  }

  private func concurrency() async throws -> Findings {
    var findings = Findings()
    let service = "conformance-many"
    let kept = try await withThrowingTaskGroup(of: Instance.self) { group in
      for number in 0..<8 {
        group.addTask {
          for round in 0..<5 {
            let passing = try await provider.register(Self.registration(service, 100 + number * 8 + round))
            _ = try await provider.discover(service)
            try await provider.deregister(passing)
          }
          return try await provider.register(Self.registration(service, number))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    findings.expect(
      Self.numbers(try await provider.discover(service)), Array(0..<8), "every method may be called from any task")
    for instance in kept { try await provider.deregister(instance) }
    return findings
  }
}
