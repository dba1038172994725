/// A decision of fault tolerance, for logs and metrics.
public enum ResilienceEvent: Sendable, Hashable, CustomStringConvertible {
  /// A call is made again on another instance.
  case retried(after: Duration, failure: CallFailure)
  /// A failed call is not made again.
  case notRetried(RetryPolicy.Refusal)
  /// An instance was taken out, or spared, or let in again.
  case outlier(OutlierDetector.Decision)
  /// The breaker of an instance opened or closed.
  case breaker(id: String, CircuitBreaker.Change)
  /// A call is sent a second time, since the first answer is late.
  case hedged(after: Duration)
  /// A call was refused: so many are under way.
  case limited(underWay: Int)

  /// One line for people.
  public var description: String {
    switch self {
    case .retried(let pause, let failure): "retried after \(pause): \(Self.words(failure))"
    case .notRetried(let refusal): "not retried: \(refusal.rawValue)"
    case .outlier(.eject(let id, let reason, let time)): "\(id) ejected for \(time): \(reason)"
    case .outlier(.spare(let id, let reason)): "\(id) not ejected, too many are out: \(reason)"
    case .outlier(.restore(let id)): "\(id) restored: its ejection has ended"
    case .breaker(let id, .opened(let reason, let time)): "breaker of \(id) opened for \(time): \(reason)"
    case .breaker(let id, .closed): "breaker of \(id) closed: the probes succeeded"
    case .hedged(let delay): "hedged: no answer after \(delay)"
    case .limited(let underWay): "refused: \(underWay) calls are under way"
    }
  }

  private static func words(_ failure: CallFailure) -> String {
    switch failure {
    case .notSent: "the call was not sent"
    case .unknown: "the call failed"
    case .final: "the call was refused"
    }
  }
}
