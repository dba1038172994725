/// Follows a service of a registry in memory.
struct InMemoryWatch: SnapshotSource {
  /// A bell in the registry, taken off when the watch lets go of it.
  private final class Subscription: Sendable {
    let bell = Bell()
    private let number: UInt64
    private let service: String
    private let discovery: InMemoryDiscovery

    init(_ discovery: InMemoryDiscovery, _ service: String) {
      self.discovery = discovery
      self.service = service
      number = discovery.hang(bell, for: service)
    }

    deinit { discovery.takeOff(number, of: service) }
  }

  private let discovery: InMemoryDiscovery
  private let service: String
  private var subscription: Subscription?
  private var last: [Instance]?

  init(_ discovery: InMemoryDiscovery, _ service: String) {
    self.discovery = discovery
    self.service = service
  }

  mutating func next() async -> Snapshot? {
    let subscription = subscription ?? Subscription(discovery, service)
    self.subscription = subscription
    while !Task.isCancelled {
      let (instances, deadline) = discovery.look(service)
      if instances != last {
        last = instances
        return Snapshot(service: service, instances: instances)
      }
      await Self.wait(subscription.bell, until: deadline, discovery.clock)
    }
    self.subscription = nil
    return nil
  }

  private static func wait(_ bell: Bell, until deadline: Duration?, _ clock: DiscoveryClock) async {
    guard let deadline else { return await bell.wait() }
    await withTaskGroup { group in
      group.addTask { await bell.wait() }
      // Cancelling is the only way in which it fails, and ends the wait just as well.
      group.addTask { try? await clock.sleep(until: deadline) }
      await group.next()
      group.cancelAll()
    }
  }
}
