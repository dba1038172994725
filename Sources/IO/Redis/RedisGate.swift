/// Decides whether a server that has failed may be asked again.
///
/// After a failure it is left alone for a pause, then one call tries; as long as that fails, pauses double. A dead server so
/// costs its callers next to nothing.
package struct RedisGate: Sendable {
  private enum State: Sendable {
    case open
    /// The refusal is made once, since describing a failure takes longer than all else that a refused call does.
    case shut(until: ContinuousClock.Instant, pause: Duration, refusal: RedisError)
    /// One call tries; the others are still refused.
    case trying(pause: Duration, refusal: RedisError)
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
    case .shut(let end, _, let refusal): now < end ? refusal : nil
    case .trying(_, let refusal): refusal
    }
  }

  /// Lets a call through, which must then report how it went, or says why not.
  package mutating func enter(at now: ContinuousClock.Instant) -> RedisError? {
    if let refusal = refusal(at: now) { return refusal }
    if case .shut(_, let pause, let refusal) = state { state = .trying(pause: pause, refusal: refusal) }
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
    let refusal = RedisError(.paused, "left alone for \(pause) since it failed: \(error.message)")
    state = .shut(until: now + pause, pause: pause, refusal: refusal)
  }
}
