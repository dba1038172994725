public import MusterEngine
internal import MusterThreading
public import MusterTiming

/// A registry's clock that stands still until it is moved.
public final class ManualClock: RegistryClock {
  private let start = ContinuousClock.now
  private let passed = Monitor(Duration.zero)

  /// A clock that shows the time of its making.
  public init() {}

  /// The time since which deadlines count.
  public var now: ContinuousClock.Instant { start + passed.withLock { $0 } }

  /// The time of day: 2026-01-01 when nothing has passed.
  public var timestamp: Timestamp {
    let (seconds, attoseconds) = passed.withLock { $0 }.components
    return Timestamp(milliseconds: 1_767_225_600_000 + seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }

  /// Lets time pass.
  public func advance(by duration: Duration) { passed.withLock { $0 += duration } }
}
