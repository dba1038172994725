internal import MusterThreading

/// The registry of one process: for services that live together in it, and for tests.
///
/// TTL checks are kept here; an instance with one starts critical until its first `renew`. Nobody is there to carry out
/// HTTP and TCP checks: a registration that has one is refused with `.notSupported`.
public final class InMemoryDiscovery: ServiceDiscovery {
  private struct State {
    var registry: InMemoryRegistry
    var bells: [String: [UInt64: Bell]] = [:]
    var lastBell: UInt64 = 0
  }

  private let state: Locked<State>
  private let address: String
  let clock: DiscoveryClock

  /// An empty registry.
  ///
  /// - Parameters:
  ///   - address: the host of instances that do not say one.
  ///   - limit: the most instances; one more is `.refused`.
  ///   - clock: TTLs go by it.
  public init(
    address: String = "127.0.0.1", limit: Int = 100_000, clock: some Clock<Duration> = ContinuousClock()
  ) {
    state = Locked(State(registry: InMemoryRegistry(limit: limit)))
    self.address = address
    self.clock = DiscoveryClock(clock)
  }

  /// Registers an instance, or replaces the one of the same id.
  ///
  /// - Throws: `.invalidArgument`, `.notSupported` for HTTP and TCP checks, `.refused` when there is no room.
  @discardableResult
  public func register(_ registration: Registration) async throws -> Instance {
    try registration.validate()
    var instance = registration.instance(at: address)
    for check in registration.checks {
      guard check.ttl != nil else {
        throw DiscoveryError(
          .notSupported, "a check by HTTP or TCP: a registry in memory has nobody to carry it out; use a TTL check")
      }
      instance.health = .critical
    }
    let registered = instance
    try change { registry, now throws(DiscoveryError) in
      try registry.register(registered, checks: registration.checks, at: now)
    }
    return registered
  }

  /// Takes an instance out.
  public func deregister(_ instance: Instance) async throws {
    try change { registry, _ in registry.deregister(instance.id) }
  }

  /// Reports the health of an instance that has a TTL check.
  ///
  /// - Throws: `.notRegistered` when there is none of that id, `.invalidArgument` for `.maintenance`.
  public func renew(_ instance: Instance, health: Health, note: String) async throws {
    guard health != .maintenance else {
      throw DiscoveryError(.invalidArgument, "the health 'maintenance': report passing, warning or critical")
    }
    try change { registry, now throws(DiscoveryError) in try registry.renew(instance.id, health: health, at: now) }
  }

  /// The instances of a service that may be called now.
  ///
  /// - Throws: `.invalidArgument` for a name that breaks the rules.
  public func discover(_ service: String) async throws -> [Instance] {
    try ServiceName.validate(service)
    return look(service).instances
  }

  /// The instances of a service, now and after every change; it never is stale.
  public func watch(_ service: String) -> SnapshotSequence {
    do {
      try ServiceName.validate(service)
    } catch {
      return .failed(service, error)
    }
    return SnapshotSequence(InMemoryWatch(self, service))
  }

  private func change(
    _ body: (inout InMemoryRegistry, Duration) throws(DiscoveryError) -> InMemoryRegistry.Touched
  ) throws(DiscoveryError) {
    let now = clock.now
    let bells = try state.withLock { state throws(DiscoveryError) in
      let touched = try body(&state.registry, now)
      return touched.flatMap { Array((state.bells[$0] ?? [:]).values) }
    }
    for bell in bells { bell.ring() }
  }

  func look(_ service: String) -> (instances: [Instance], deadline: Duration?) {
    let now = clock.now
    return state.withLock { $0.registry.look(service, at: now) }
  }

  /// Rings a bell when something of the service may have changed, until it is taken off.
  func hang(_ bell: Bell, for service: String) -> UInt64 {
    state.withLock { state in
      state.lastBell &+= 1
      state.bells[service, default: [:]][state.lastBell] = bell
      return state.lastBell
    }
  }

  func takeOff(_ number: UInt64, of service: String) {
    state.withLock { state in
      state.bells[service]?[number] = nil
      if state.bells[service]?.isEmpty == true { state.bells[service] = nil }
    }
  }

  /// How many watches hold on to something; for tests.
  var watchCount: Int { state.withLock { $0.bells.values.reduce(0) { $0 + $1.count } } }
}
