internal import Glibc

/// Waiting for what nothing announces.
public enum Waiting {
  /// Asks again and again, two milliseconds apart, until `condition` is true.
  ///
  /// - Parameters:
  ///   - what: What is waited for, to follow "not within 60 s: ".
  ///   - seconds: How long at most.
  ///   - condition: What is asked.
  /// - Throws: `LoadError` when it does not come true in time, and what `condition` throws.
  public static func until(
    _ what: String, within seconds: Int = 60, _ condition: () throws(LoadError) -> Bool
  ) throws(LoadError) {
    let deadline = MonotonicClock.nanoseconds + UInt64(max(seconds, 0)) * 1_000_000_000
    while try !condition() {
      guard MonotonicClock.nanoseconds < deadline else { throw LoadError(.timeout, "not within \(seconds) s: \(what)") }
      usleep(2_000)
    }
  }
}
