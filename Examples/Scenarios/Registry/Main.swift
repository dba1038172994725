internal import Muster
internal import MusterExampleSupport

/// A registry with heartbeats: who reports is found, who stops reporting is not, who leaves is gone at once.
@main
struct Main {
  static func main() async {
    await Scene.play("A registry with heartbeats") { scene in
      let registry = InMemoryDiscovery()
      scene.say("An instance of the users' service is registered for as long as it runs.")
      try await withRegistration(registration(1), with: registry) {
        try await scene.await("it is found by the name of the service") {
          try await registry.discover("userservice").map(\.id) == ["instance-1"]
        }
        try await heartbeats(scene, registry)
        scene.say("The first one ends, in order.")
      }
      try scene.show("it is gone at once", try await registry.discover("userservice").map(\.id) == ["instance-2"])
      try await watch(scene, registry)
    }
  }

  /// With metadata, and a TTL of a second: heartbeats come three times as often.
  private static func registration(_ number: Int) -> Registration {
    Registration(
      service: "userservice", port: UInt16(8_080 + number), host: "127.0.0.1", id: "instance-\(number)",
      metadata: ["version": "1.\(number)"], checks: [HealthCheck(.ttl(.seconds(1)))])
  }

  private static func heartbeats(_ scene: Scene, _ registry: InMemoryDiscovery) async throws {
    scene.say("A second one registers and reports once; then it crashes.")
    let second = try Registrar(registration(2), with: registry)
    try await second.registerSelf()
    let found = try await registry.discover("userservice")
    for instance in found {
      scene.note("\(instance.id) at \(instance.endpoint), version \(instance.metadata["version"] ?? "?")")
    }
    try scene.show("both are found", found.count == 2)
    try scene.show("a service that nobody registered has no instances", try await registry.discover("nobody").isEmpty)
    try await scene.await("the one that reports no more is found no more") {
      try await registry.discover("userservice").map(\.id) == ["instance-1"]
    }

    scene.say("It is started again, and reports.")
    try await second.registerSelf()
    try scene.show("both are found again", try await registry.discover("userservice").count == 2)
  }

  private static func watch(_ scene: Scene, _ registry: InMemoryDiscovery) async throws {
    scene.say("Somebody watches the service while its last instance crashes.")
    var lists: [[String]] = []
    for await snapshot in registry.watch("userservice") {
      lists.append(snapshot.instances.map(\.id))
      scene.note(
        "found: \(snapshot.instances.isEmpty ? "nobody" : snapshot.instances.map(\.id).joined(separator: ", "))")
      if snapshot.instances.isEmpty { break }
    }
    try scene.show("the watch gave the list that was there, and the change", lists == [["instance-2"], []])
  }
}
