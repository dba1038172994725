internal import MusterDiscovery

extension Conformance {
  func health() async throws -> Findings {
    var findings = Findings()
    var registration = Self.registration("conformance-health", 1)
    registration.checks = [HealthCheck(.ttl(.seconds(60)))]
    let instance = try await provider.register(registration)
    for health in [Health.passing, .warning, .critical, .passing] {
      try await provider.renew(instance, health: health, note: "conformance")
      let found = try await provider.discover(registration.service)
      findings.expect(
        found.map(\.health), health.isCallable ? [health] : [],
        "discover gives passing and warning instances only, after a report of '\(health.rawValue)'")
    }
    await findings.expect(.invalidArgument, "renew refuses 'maintenance'") {
      try await provider.renew(instance, health: .maintenance, note: "")
    }
    await findings.succeed("a note of any length is taken") {
      try await provider.renew(instance, health: .passing, note: String(repeating: "é\"\n", count: 4_000))
    }
    try await provider.deregister(instance)
    await findings.expect(.notRegistered, "renew throws notRegistered for what has been deregistered") {
      try await provider.renew(instance, health: .passing, note: "")
    }
    return findings
  }

  func unknownRenewal() async throws -> Findings {
    var findings = Findings()
    let nobody = Self.registration("conformance-nobody", 1).instance(at: "127.0.0.1")
    await findings.expect(.notRegistered, "renew throws notRegistered for what was never registered") {
      try await provider.renew(nobody, health: .passing, note: "")
    }
    return findings
  }
}
