public import MusterDiscovery

/// What happens to an instance that is kept registered.
public enum LifecycleEvent: Sendable, Hashable {
  /// It is registered for the first time.
  case registered(Instance)
  /// The registry had lost it, and has it again.
  case registeredAgain(Instance)
  /// The registry does not answer, or not with sense; it is tried again and again.
  case unreachable(reason: String)
  /// The registry answers again.
  case reachable
  /// The registry has begun to refuse it; it is tried again every 10 s.
  case refused(reason: String)
  /// A signal came, and the end has begun.
  case signal(LifecycleSettings.Signal)
  /// It is deregistered.
  case deregistered
  /// It could not be deregistered; its TTL will see to that.
  case notDeregistered(reason: String)
}
