public import MusterTiming

/// Where the registry takes the time from.
public protocol RegistryClock: Sendable {
  /// A clock that never goes back, for deadlines.
  var now: ContinuousClock.Instant { get }
  /// The time of day, for what people read.
  var timestamp: Timestamp { get }
}
