/// A clock of any kind, told in the time since it was made: for code that keeps times of a clock that it is given.
public struct DiscoveryClock: Sendable {
  private let elapsed: @Sendable () -> Duration
  private let pause: @Sendable (Duration) async throws -> Void

  /// A clock that begins at zero now.
  public init<Source: Clock<Duration>>(_ clock: Source) {
    let origin = clock.now
    elapsed = { origin.duration(to: clock.now) }
    pause = { try await clock.sleep(until: origin.advanced(by: $0), tolerance: nil) }
  }

  /// The time since it was made.
  public var now: Duration { elapsed() }

  /// Waits until `now` has reached a time.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  public func sleep(until time: Duration) async throws { try await pause(time) }

  /// Waits for a time.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  public func sleep(for time: Duration) async throws { try await pause(now + time) }
}
