internal import Muster
internal import MusterExampleSupport

/// A registry with heartbeats: who reports is found, who stops reporting is not, who leaves is gone at once.
@main
struct Main {
  static func main() async {
    await Scene.play("A registry with heartbeats") { scene in
      let registry = InMemoryDiscovery()
      // A heartbeat every third of a second; two that are missed make no difference, three do.
      let ttl = HealthCheck(.ttl(.seconds(1)))

      scene.say("Three users' services register, with metadata, and report that they are well.")
      let registrars = try (1...3).map { number in
        try Registrar(
          Registration(
            service: "userservice", port: UInt16(8_080 + number), host: "127.0.0.1", id: "instance-\(number)",
            metadata: ["version": "1.\(number)"], checks: [ttl]), with: registry)
      }
      for registrar in registrars { try await registrar.registerSelf() }
      let found = try await registry.discover("userservice")
      for instance in found {
        scene.note("\(instance.id) at \(instance.endpoint), version \(instance.metadata["version"] ?? "?")")
      }
      try scene.show("all three are found by the name of the service", found.count == 3)
      try scene.show("a service that nobody registered has no instances", try await registry.discover("nobody").isEmpty)

      scene.say("Two go on reporting; the third has crashed, and reports no more.")
      try await withThrowingTaskGroup { group in
        for registrar in registrars.prefix(2) { group.addTask { try await registrar.run() } }
        try await scene.await("the one that does not report is found no more") {
          try await registry.discover("userservice").map(\.id) == ["instance-1", "instance-2"]
        }

        scene.say("It is started again, and reports.")
        try await registrars[2].registerSelf()
        try scene.show("it is found again", try await registry.discover("userservice").count == 3)

        scene.say("The first one deregisters, as a service that ends in order does.")
        try await registrars[0].deregisterSelf()
        let rest = try await registry.discover("userservice").map(\.id)
        try scene.show("it is gone at once", rest == ["instance-2", "instance-3"])
        group.cancelAll()
      }

      scene.say("Somebody who watches the service is told.")
      var lists: [[String]] = []
      for await snapshot in registry.watch("userservice") {
        lists.append(snapshot.instances.map(\.id))
        scene.note("found: \(snapshot.instances.isEmpty ? "nobody" : lists.last?.joined(separator: ", ") ?? "")")
        if snapshot.instances.isEmpty { break }
      }
      try scene.show(
        "the list that is there, and each change of it, until nobody reports any more",
        lists.first == ["instance-2", "instance-3"] && lists.last == [])
    }
  }
}
