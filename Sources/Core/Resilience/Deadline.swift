/// Until when the whole call, with all its attempts, must be answered.
public struct Deadline: Sendable, Hashable, Comparable {
  /// The moment itself; nil if there is no end.
  public let instant: ContinuousClock.Instant?

  /// No end.
  public static let never = Deadline(nil)

  /// A deadline at this moment, or none for nil.
  public init(_ instant: ContinuousClock.Instant?) {
    self.instant = instant
  }

  /// A deadline this long after `now`; a time below zero has passed already.
  public init(_ timeout: Duration, after now: ContinuousClock.Instant) {
    instant = now + timeout
  }

  /// What is left, at least zero; nil if there is no end.
  public func remaining(at now: ContinuousClock.Instant) -> Duration? {
    guard let instant else { return nil }
    return max(now.duration(to: instant), .zero)
  }

  /// Whether it has passed.
  public func hasPassed(at now: ContinuousClock.Instant) -> Bool {
    guard let instant else { return false }
    return now >= instant
  }

  /// How long one attempt may take: `timeout`, or what is left if that is less.
  public func timeout(ofAttempt timeout: Duration, at now: ContinuousClock.Instant) -> Duration {
    guard let remaining = remaining(at: now) else { return timeout }
    return min(timeout, remaining)
  }

  /// Whether the left one comes first; no end comes last.
  public static func < (left: Deadline, right: Deadline) -> Bool {
    guard let first = left.instant else { return false }
    guard let second = right.instant else { return true }
    return first < second
  }
}
