public import MusterBalancing
public import MusterDiscovery
public import MusterResilience
internal import MusterThreading

/// Calls a service by its name, over whatever transport: chooses an instance, and carries on while instances fail.
///
/// A call passes, from the outside in: the concurrency limit, the deadline, retries under a budget, a hedge, the choice of an
/// instance, its circuit breaker, the try itself, and what the try says about the instance (load, breaker, outliers). A failed
/// instance is not tried again by the same call while there is another.
///
/// `run` follows the service in a registry; without it, `update` says who is there. Calls that come before the first list wait for
/// it, at most until their deadline. When the registry goes away the last list stays in use.
public final class ServiceCaller: Sendable {
  /// The name of the service.
  public let service: String
  /// What it was made with.
  public let settings: CallSettings
  /// Chooses instances, and tells what is known of them.
  public let balancer: Balancer

  let state: Locked<CallState>
  let firstWord = FirstWord()
  let observer: @Sendable (ResilienceEvent) -> Void
  private let clock: DiscoveryClock
  private let epoch: ContinuousClock.Instant

  /// A caller that knows no instances yet.
  ///
  /// - Parameters:
  ///   - service: the name of the service.
  ///   - settings: how calls are balanced, and what is done about failures.
  ///   - seed: where random numbers begin.
  ///   - clock: where the time is taken from.
  ///   - observer: is told every decision, in the task that it concerns; it must not block.
  /// - Throws: `DiscoveryError` for a bad name, `BalancingError` or `ResilienceError` for a setting that makes no sense.
  public init(
    _ service: String, settings: CallSettings = CallSettings(), seed: UInt64 = .random(in: 0...UInt64.max),
    clock: DiscoveryClock = DiscoveryClock(ContinuousClock()),
    observer: @escaping @Sendable (ResilienceEvent) -> Void = { _ in }
  ) throws {
    try ServiceName.validate(service)
    epoch = ContinuousClock.now
    self.service = service
    self.settings = settings
    self.clock = clock
    self.observer = observer
    balancer = try Balancer(settings.policy, settings: settings.balancing, seed: seed, now: epoch)
    state = Locked(try CallState(settings, seed: seed, now: epoch))
  }

  /// The time, as everything here counts it.
  var now: ContinuousClock.Instant { epoch.advanced(by: clock.now) }

  /// Waits.
  func sleep(for duration: Duration) async throws { try await clock.sleep(for: duration) }

  /// Chooses among these instances from now on. A stale empty snapshot changes nothing: it says that nothing is known.
  public func update(_ snapshot: Snapshot) {
    defer { firstWord.speak() }
    if snapshot.instances.isEmpty, snapshot.freshness != .live { return }
    let now = now
    state.withLock { $0.update(snapshot.instances.map(\.id), at: now) }
    balancer.update(snapshot.instances, at: now)
  }

  /// Follows the service in a registry, and sweeps for outliers, until the task is cancelled.
  public func run(watching discovery: some ServiceDiscovery) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await snapshot in discovery.watch(self.service) { self.update(snapshot) }
      }
      group.addTask { await self.sweepUntilCancelled() }
    }
  }

  private func sweepUntilCancelled() async {
    guard let interval = settings.outliers?.interval else { return }
    // Only cancellation ends the wait.
    while (try? await sleep(for: interval)) != nil {
      sweep(at: now)
    }
  }

  /// Readmits and ejects; for whoever does not `run` the caller, once in an interval of the outlier detector's.
  package func sweep(at now: ContinuousClock.Instant) {
    for decision in state.withLock({ $0.sweep(at: now) }) { carryOut(decision) }
  }

  /// Ejects or restores.
  func carryOut(_ decision: OutlierDetector.Decision) {
    switch decision {
    case .eject(let id, let reason, let time):
      balancer.setEjected(id, true)
      observer(.ejected(instance: id, because: reason, for: time))
    case .spare(let id, let reason, let ejected, let total):
      observer(.spared(instance: id, because: reason, ejected: ejected, total: total))
    case .admit(let id):
      balancer.setEjected(id, false)
      observer(.readmitted(instance: id))
    }
  }

  /// Says that a breaker changed.
  func report(_ change: CircuitBreaker.Change, of id: String) {
    switch change {
    case .opened(let reason, let time): observer(.breakerOpened(instance: id, because: reason, for: time))
    case .closed: observer(.breakerClosed(instance: id))
    }
  }
}
