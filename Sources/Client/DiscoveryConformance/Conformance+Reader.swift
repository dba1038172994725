internal import MusterDiscovery

extension Conformance {
  var readerSteps: [Step] {
    [Step(name: "a provider that only reads", body: readOnly)]
  }

  private func readOnly() async throws -> Findings {
    var findings = Findings()
    let registration = Self.registration("conformance-read", 1)
    let instance = registration.instance(at: "127.0.0.1")
    await findings.expect(.notSupported, "register throws notSupported where there is nothing to register with") {
      try await provider.register(registration)
    }
    await findings.expect(.notSupported, "deregister throws notSupported where there is nothing to register with") {
      try await provider.deregister(instance)
    }
    await findings.expect(.notSupported, "renew throws notSupported where there is nothing to register with") {
      try await provider.renew(instance, health: .passing, note: "")
    }
    return findings
  }

  func fixedList(_ service: String, _ instances: [Instance]) async throws -> Findings {
    var findings = Findings()
    let expected = Snapshot(service: service, instances: instances)
    findings.expect(
      try await provider.discover(service), expected.instances, "discover gives the callable ones in order of ids")
    for await snapshot in provider.watch(service) {
      findings.expect(snapshot, expected, "a watch begins with what is there now")
      break
    }
    return findings
  }
}
