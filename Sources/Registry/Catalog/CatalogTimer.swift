/// A moment that the catalog wants to be told of.
public enum CatalogTimer: Sendable, Hashable {
  /// A TTL check has not been renewed in time.
  case expire(CheckKey)
  /// A check has been critical for as long as its `deregisterAfter`.
  case reap(CheckKey)
  /// A slowly starting instance gets the next step of its weight.
  case strengthen(InstanceKey)
  /// Whether a service is protected from a mass failure is to be looked at.
  case review(String)
}

/// What is to be done with a timer, once the command that asked for it is durable.
public enum TimerChange: Sendable, Equatable {
  /// Starts it, or starts it anew.
  case arm(CatalogTimer, after: Duration)
  /// Stops it.
  case disarm(CatalogTimer)
}
