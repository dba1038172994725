public import MusterDiscovery
internal import MusterHost

/// The services of a Muster or Consul registry, over its HTTP API.
///
/// A watch is a query that the registry holds back until something changes; it runs in its reader's task, so it costs
/// nothing while its reader is busy, and one connection while it waits. All TTL checks of a registration become one, of
/// the shortest TTL. The zone is kept in the metadata under `zone`, which is taken for that.
public final class ConsulDiscovery: ServiceDiscovery {
  private let requests: ConsulRequests
  private let clock: DiscoveryClock

  init(_ requests: ConsulRequests, clock: some Clock<Duration> = ContinuousClock()) throws(DiscoveryError) {
    try requests.settings.validate()
    self.requests = requests
    self.clock = DiscoveryClock(clock)
  }

  /// Registers an instance with the registry's own node, or replaces the one of the same id.
  ///
  /// Checks begin as critical: with any, the instance is not found before its first report or look.
  ///
  /// - Throws: `.invalidArgument` before anything is sent, `.unavailable` when the registration may have arrived or not,
  ///   `.refused`.
  @discardableResult
  public func register(_ registration: Registration) async throws -> Instance {
    try registration.validate()
    var instance = registration.instance(at: requests.settings.host ?? Host.address)
    try RegistrationBody.validate(registration, instance)
    try await requests.register(instance, registration.checks)
    if !registration.checks.isEmpty { instance.health = .critical }
    return instance
  }

  /// Takes an instance out.
  public func deregister(_ instance: Instance) async throws { try await requests.deregister(instance.id) }

  /// Reports the health of an instance that was registered with a TTL check by this kind of provider.
  ///
  /// - Throws: `.notRegistered` when the registry does not know it (any more), `.invalidArgument` for `.maintenance`.
  public func renew(_ instance: Instance, health: Health, note: String) async throws {
    guard health != .maintenance else {
      throw DiscoveryError(.invalidArgument, "the health 'maintenance': report passing, warning or critical")
    }
    try await requests.renew(instance.id, health, note: note)
  }

  /// The instances of a service that may be called now. Those without a port are left out.
  public func discover(_ service: String) async throws -> [Instance] {
    try ServiceName.validate(service)
    return try await requests.instances(of: service).instances
  }

  /// The instances of a service, now and after every change.
  public func watch(_ service: String) -> SnapshotSequence {
    do {
      try ServiceName.validate(service)
    } catch {
      return .failed(service, error)
    }
    // The watch holds on to the connections that the requests need, not to what is asked for a watch.
    return SnapshotSequence(ConsulWatch(service, requests, clock))
  }
}
