internal import MusterHost
public import MusterTiming

/// The machine's clocks.
public struct SystemClock: RegistryClock {
  /// The machine's clocks.
  public init() {}

  /// The monotonic clock.
  public var now: ContinuousClock.Instant { ContinuousClock.now }

  /// The time of day.
  public var timestamp: Timestamp { Timestamp(milliseconds: Host.wallClockMilliseconds) }
}
