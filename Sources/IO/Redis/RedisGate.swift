/// Decides whether a server that has failed may be asked again.
///
/// After a failure it is left alone for a pause, then one call tries; as long as that fails, pauses double. A dead server so
/// costs its callers next to nothing.
package struct RedisGate: Sendable {
  private enum State: Sendable {
    case open
    case shut(until: ContinuousClock.Instant, pause: Duration, because: RedisError)
    /// One call tries.
    case trying(pause: Duration, because: RedisError)
  }

  private let pauses: ClosedRange<Duration>
  private var state = State.open

  package init(pauses: ClosedRange<Duration>) {
    self.pauses = pauses
  }

  /// Why a call would be turned away now; nil if it would not.
  package func refusal(at now: ContinuousClock.Instant) -> RedisError? {
    switch state {
    case .open: nil
    case .shut(let end, _, let error):
      now < end ? RedisError(.paused, "not asked for another \(now.duration(to: end)): \(error.message)") : nil
    case .trying(_, let error): RedisError(.paused, "not asked while another call tries: \(error.message)")
    }
  }

  /// Lets a call through, which must then report how it went, or says why not.
  package mutating func enter(at now: ContinuousClock.Instant) -> RedisError? {
    if let refusal = refusal(at: now) { return refusal }
    if case .shut(_, let pause, let error) = state { state = .trying(pause: pause, because: error) }
    return nil
  }

  /// A call was answered.
  package mutating func succeeded() { state = .open }

  /// A call was not. Several that fail at the same time count once.
  package mutating func failed(_ error: RedisError, at now: ContinuousClock.Instant) {
    switch state {
    case .open: shut(for: pauses.lowerBound, error, at: now)
    case .trying(let pause, _): shut(for: min(pause * 2, pauses.upperBound), error, at: now)
    case .shut: break
    }
  }

  private mutating func shut(for pause: Duration, _ error: RedisError, at now: ContinuousClock.Instant) {
    state = .shut(until: now + pause, pause: pause, because: error)
  }
}
