internal import MusterDiscovery

/// How an instance is kept registered.
public struct LifecycleSettings: Sendable {
  /// What ends a process in an orderly way.
  public enum Signal: Sendable, Hashable, CaseIterable {
    /// SIGTERM: what supervisors send.
    case terminate
    /// SIGINT: what Ctrl-C sends.
    case interrupt
  }

  /// The TTL of the check that is added to a registration without one, so that the instance is found no more when its
  /// process dies, and registered again when the registry has lost it. Reports come at a third of it. 15 s by default;
  /// nil: none is added, and a registration without a TTL is made once.
  public var ttl: Duration?
  /// An instance that has not reported for so long after its TTL is removed; nil: never. 10 min by default.
  public var deregisterAfter: Duration?
  /// How long a service goes on after a signal when it is deregistered already: the time that callers need to hear of it.
  /// 5 s by default.
  public var drainDelay: Duration
  /// How long is tried to deregister at the end. 5 s by default; what does not succeed is left to the TTL.
  public var deregisterTimeout: Duration
  /// How often it is asked whether the service is ready. 100 ms by default.
  public var readinessInterval: Duration
  /// What ends the scope. Both by default; none: the process's signals are left alone.
  public var signals: Set<Signal>
  /// Is told what happens, one after the other; it must return soon.
  public var onEvent: @Sendable (LifecycleEvent) -> Void

  /// Settings that suit most services.
  public init(
    ttl: Duration? = .seconds(15), deregisterAfter: Duration? = .seconds(600), drainDelay: Duration = .seconds(5),
    deregisterTimeout: Duration = .seconds(5), readinessInterval: Duration = .milliseconds(100),
    signals: Set<Signal> = [.terminate, .interrupt], onEvent: @escaping @Sendable (LifecycleEvent) -> Void = { _ in }
  ) {
    self.ttl = ttl
    self.deregisterAfter = deregisterAfter
    self.drainDelay = drainDelay
    self.deregisterTimeout = deregisterTimeout
    self.readinessInterval = readinessInterval
    self.signals = signals
    self.onEvent = onEvent
  }
}
