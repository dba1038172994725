public import MusterDiscovery
internal import MusterHost
internal import MusterThreading

/// Registers one instance, keeps it registered and deregisters it.
///
/// `withRegistration` does all three at the right times. Use this where a service has a lifecycle of its own: `registerSelf`
/// when it is ready, `run` in a task of its own while it works, `deregisterSelf` at the end.
public final class Registrar: Sendable {
  let provider: any ServiceDiscovery
  let settings: LifecycleSettings
  let clock: DiscoveryClock
  /// As it is sent: with an id, so that it is the same after a restart of the registry, and with the TTL of the settings.
  let registration: Registration
  private let registered: Locked<Instance?>

  /// A registrar that has not done anything yet.
  ///
  /// - Parameters:
  ///   - registration: what to register; without an id it gets one made of its service, host and port.
  ///   - provider: where to.
  ///   - settings: how.
  ///   - clock: pauses go by it.
  /// - Throws: `.invalidArgument` if the registration is not sound.
  public init(
    _ registration: Registration, with provider: any ServiceDiscovery, settings: LifecycleSettings = .init(),
    clock: some Clock<Duration> = ContinuousClock()
  ) throws(DiscoveryError) {
    var registration = registration
    if registration.ttl == nil, let ttl = settings.ttl {
      registration.checks.append(HealthCheck(.ttl(ttl), deregisterAfter: settings.deregisterAfter))
    }
    registration.id = registration.id ?? registration.instance(at: Host.address).id
    try registration.validate()
    self.registration = registration
    self.provider = provider
    self.settings = settings
    self.clock = DiscoveryClock(clock)
    registered = Locked(nil)
  }

  /// The instance, once it has been registered and until it is deregistered.
  public var instance: Instance? { registered.withLock { $0 } }

  /// Registers the instance, and reports that it is well.
  ///
  /// - Returns: the instance as callers see it.
  /// - Throws: what the provider throws; it has not been tried again.
  @discardableResult
  public func registerSelf() async throws -> Instance {
    let instance = try await register()
    if registration.ttl != nil { try await renew() }
    return instance
  }

  /// Deregisters the instance; also when nobody knows whether an earlier registration has arrived.
  ///
  /// - Throws: what the provider throws; it has not been tried again.
  public func deregisterSelf() async throws {
    try await provider.deregister(instance ?? registration.instance(at: Host.address))
    registered.withLock { $0 = nil }
  }

  /// Registers the instance, reports for it at a third of its TTL, and registers it again after the registry has lost it.
  ///
  /// It returns when its task is cancelled, and does not deregister the instance.
  ///
  /// - Throws: `DiscoveryError` when the registry refuses the first registration. A registry that is away is no reason to
  ///   throw.
  public func run() async throws {
    var lease = RegistrationLease(ttl: registration.ttl, isRegistered: instance != nil)
    var lastError: DiscoveryError?
    while !Task.isCancelled {
      switch lease.step {
      case .pause(let time, _):
        do { try await clock.sleep(for: time) } catch { return }
        lease.paused()
      case .ask(let request):
        lastError = await failure(of: request)
        // Whoever is cancelled takes no answer: it may be that of the cancelling.
        guard !Task.isCancelled else { return }
        for news in lease.answered(lastError?.code, chance: Double.random(in: 0...1)) { tell(news, lastError) }
      case .rest:
        await Bell().wait()
      case .giveUp:
        throw lastError ?? DiscoveryError(.refused, "the registry refuses the registration")
      }
    }
  }

  private func failure(of request: RegistrationLease.Request) async -> DiscoveryError? {
    do {
      switch request {
      case .register: _ = try await register()
      case .renew: try await renew()
      }
      return nil
    } catch let error as DiscoveryError {
      return error
    } catch {
      return DiscoveryError(.unavailable, "\(error)", cause: error)
    }
  }

  private func register() async throws -> Instance {
    let instance = try await provider.register(registration)
    registered.withLock { $0 = instance }
    return instance
  }

  private func renew() async throws {
    try await provider.renew(
      instance ?? registration.instance(at: Host.address), health: .passing, note: "the service reports")
  }

  private func tell(_ news: RegistrationLease.News, _ error: DiscoveryError?) {
    let instance = instance ?? registration.instance(at: Host.address)
    switch news {
    case .registered: settings.onEvent(.registered(instance))
    case .registeredAgain: settings.onEvent(.registeredAgain(instance))
    case .unreachable: settings.onEvent(.unreachable(reason: error?.message ?? ""))
    case .reachable: settings.onEvent(.reachable)
    case .refused: settings.onEvent(.refused(reason: error?.message ?? ""))
    }
  }
}
