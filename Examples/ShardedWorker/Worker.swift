internal import Muster

/// A member that is registered for as long as it runs, and works on what it owns.
struct Worker {
  private let registration: Registration
  private let registry: ConsulDiscovery
  private let sharding: ShardedWorker

  init(service: String, id: String, keys: [String]) throws {
    // Nobody calls it: the port is there because an instance has one. The TTL finds it out when the process dies.
    registration = Registration(
      service: service, port: 9, host: "127.0.0.1", id: id, checks: [HealthCheck(.ttl(.seconds(2)))])
    // A watch is answered at once when the list changes; this is how soon it finds out that nobody answers any more.
    registry = try ConsulDiscovery(ConsulSettings(wait: .seconds(2)))
    sharding = try ShardedWorker(
      memberID: id, of: service, in: registry, keys: keys,
      settings: ShardingSettings(settling: .seconds(1), unreachable: .release(after: .seconds(10))))
  }

  func run() async throws {
    var settings = LifecycleSettings()
    settings.drainDelay = .milliseconds(500)
    let (id, sharding) = (sharding.memberID, sharding)
    try await withRegistration(registration, with: registry, settings: settings) {
      await withTaskGroup { group in
        group.addTask { await sharding.run() }
        var work: Set<String> = []
        for await change in sharding.changes() {
          work.subtract(change.lost)
          work.formUnion(change.gained)
          Line(id: id, lost: change.lost, gained: change.gained, working: work.count).print()
        }
        group.cancelAll()
      }
    }
  }
}
