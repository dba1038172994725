internal import Glibc

/// Nanoseconds of a clock that never goes back, as plain numbers: cheap enough to read for every answer.
public enum MonotonicClock {
  /// The time now.
  public static var nanoseconds: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
