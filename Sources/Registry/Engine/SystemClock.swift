internal import Glibc
public import MusterTiming

/// The machine's clocks.
public struct SystemClock: RegistryClock {
  /// The machine's clocks.
  public init() {}

  /// The monotonic clock.
  public var now: ContinuousClock.Instant { ContinuousClock.now }

  /// The time of day.
  public var timestamp: Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
