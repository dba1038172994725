extension ResilienceEvent: CustomStringConvertible {
  /// The decision and its reason in words.
  public var description: String {
    switch self {
    case .retried(let attempt, let outcome, let instance, let delay):
      "attempt \(attempt) on \(instance) ended as \(outcome): tried again after \(delay)"
    case .notRetried(let attempts, let outcome, let instance, let reason):
      "attempt \(attempts) on \(instance) ended as \(outcome): not tried again, because \(reason)"
    case .deadlinePassed(let attempts): "the deadline passed after \(attempts) attempts"
    case .ejected(let instance, let reason, let time): "\(instance) ejected for \(time): \(reason)"
    case .spared(let instance, let reason, let ejected, let total):
      "\(instance) not ejected, because \(ejected) of \(total) are already: \(reason)"
    case .readmitted(let instance): "\(instance) gets calls again: its ejection is over"
    case .breakerOpened(let instance, let reason, let time): "breaker of \(instance) open for \(time): \(reason)"
    case .breakerProbing(let instance): "breaker of \(instance) half open: a call tries the instance"
    case .breakerClosed(let instance): "breaker of \(instance) closed: the probes succeeded"
    case .lastResort(let instance): "no instance may be called: \(instance) is all the same"
    case .hedged(let instance, let delay): "no answer after \(delay): also sent to \(instance)"
    case .notHedged(let reason): "not hedged, because \(reason)"
    case .limited(let running): "refused, because \(running) calls run, which is the limit"
    case .fallbackUsed(let kind, let reason): "answered with \(kind): \(reason)"
    case .staleServed(let key, let age, let reason): "answer for \(key), \(age) old, served although stale: \(reason)"
    case .cacheFailed(let key, let operation, let reason): "cache: \(operation) of \(key) failed: \(reason)"
    case .revalidationFailed(let key, let reason): "fetching \(key) again failed: \(reason)"
    }
  }
}
