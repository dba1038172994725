internal import Muster
internal import MusterExampleSupport

/// Health checks that the registry makes: it asks each instance how it is, and hides those that are not well.
@main
struct Main {
  static func main() async {
    await Scene.play("Health checking") { scene in
      let registry = try LocalRegistry()
      defer { registry.stop() }
      let discovery = try ConsulDiscovery(ConsulSettings(address: try ConsulAddress(registry.url)))
      let greeters = try ["a", "b", "c"].map(Greeter.init)
      defer { for greeter in greeters { greeter.stop() } }

      scene.say("Three instances register, each with the URL that the registry is to ask every second.")
      for greeter in greeters { try await register(greeter, with: discovery) }
      func healthy() async throws -> [String] { try await discovery.discover("web").map(\.id) }
      try await scene.await("all are healthy once the registry has asked them") {
        try await healthy() == ["web-a", "web-b", "web-c"]
      }

      scene.say("One begins to answer 500.")
      greeters[0].turn(.failing)
      try await scene.await("it is hidden") { try await healthy() == ["web-b", "web-c"] }

      scene.say("Another accepts connections, but never answers.")
      greeters[1].turn(.hanging)
      try await scene.await("it is hidden too, since its check has a timeout") { try await healthy() == ["web-c"] }

      scene.say("The third one crashes.")
      greeters[2].stop()
      try await scene.await("nobody is left, and callers are told so") { try await healthy().isEmpty }

      scene.say("The first one recovers.")
      greeters[0].turn(.well)
      try await scene.await("it is found again") { try await healthy() == ["web-a"] }
    }
  }

  private static func register(_ greeter: Greeter, with discovery: ConsulDiscovery) async throws {
    let check = HealthCheck(
      .http(url: "http://127.0.0.1:\(greeter.port)/health"), interval: .seconds(1), timeout: .milliseconds(300))
    try await discovery.register(
      Registration(service: "web", port: greeter.port, host: "127.0.0.1", id: "web-\(greeter.name)", checks: [check]))
  }
}
