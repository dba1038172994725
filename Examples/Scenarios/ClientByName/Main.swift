internal import Muster
internal import MusterExampleSupport

/// A client that knows the name of a service, and nothing else.
@main
struct Main {
  static func main() async {
    await Scene.play("Calling a service by its name") { scene in
      let registry = try LocalRegistry()
      defer { registry.stop() }
      let discovery = try ConsulDiscovery(ConsulSettings(address: try ConsulAddress(registry.url)))
      let client = try ServiceClient("userservice")
      try await withThrowingTaskGroup { group in
        group.addTask { await client.run(watching: discovery) }
        try await play(scene, client, discovery)
        group.cancelAll()
      }
    }
  }

  private static func play(_ scene: Scene, _ client: ServiceClient, _ discovery: ConsulDiscovery) async throws {
    let (first, second) = (try Greeter("first"), try Greeter("second"))
    defer { second.stop() }
    func knows(_ count: Int) -> Bool { client.caller.balancer.status.count == count }

    scene.say("Nobody has registered the service yet.")
    do {
      let answer = try await client.get("/users/42")
      throw Unexpected(description: "an answer from nowhere: \(answer.text)")
    } catch let error as CallError {
      try scene.show("the call says so: \(error)", error.code == .noInstances)
    }

    scene.say("An instance registers.")
    let instance = try await register(first, with: discovery)
    try await scene.await("the client hears of it from the registry") { knows(1) }
    try scene.show("GET /users/42 is answered by 'first'", try await client.get("/users/42").text == "first")
    let answer = try await client.post("/users", Array("{\"name\": \"Ada\"}".utf8))
    try scene.show("POST /users: \(answer.text)", answer.text == "first got {\"name\": \"Ada\"}")

    scene.say("A second instance registers.")
    try await register(second, with: discovery)
    try await scene.await("the client hears of it") { knows(2) }
    let earlier = first.calls
    for _ in 0..<100 { _ = try await client.get("/users/42") }
    try scene.show(
      "of 100 calls 'first' got \(first.calls - earlier) and 'second' \(second.calls)",
      second.calls >= 25 && second.calls <= 75)

    scene.say("The first one deregisters, and ends.")
    try await discovery.deregister(instance)
    try await scene.await("the client hears of it") { knows(1) }
    first.stop()
    for _ in 0..<100 {
      guard try await client.get("/users/42").text == "second" else {
        throw Unexpected(description: "'first' answered")
      }
    }
    try scene.show("100 more calls are all answered by 'second'", true)
  }

  @discardableResult
  private static func register(_ greeter: Greeter, with discovery: ConsulDiscovery) async throws -> Instance {
    try await discovery.register(
      Registration(service: "userservice", port: greeter.port, host: "127.0.0.1", id: greeter.name))
  }
}

struct Unexpected: Error, CustomStringConvertible {
  let description: String
}
