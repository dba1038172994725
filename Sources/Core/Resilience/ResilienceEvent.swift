/// A decision about a call or an instance, with its reason. What goes as usual, such as a call that succeeds at once or
/// a fresh answer from the cache, is no event.
public enum ResilienceEvent: Sendable, Hashable {
  /// The call is tried again: the attempt that failed, how, on which instance, and the wait.
  case retried(attempt: Int, outcome: CallOutcome, instance: String, after: Duration)
  /// The call failed and is not tried again.
  case notRetried(attempts: Int, outcome: CallOutcome, instance: String, because: RetryPolicy.StopReason)
  /// The deadline passed after this many attempts.
  case deadlinePassed(attempts: Int)
  /// The instance gets no calls for a while.
  case ejected(instance: String, because: OutlierDetector.Reason, for: Duration)
  /// The instance does badly and keeps its calls, since so many of all are ejected already.
  case spared(instance: String, because: OutlierDetector.Reason, ejected: Int, total: Int)
  /// The instance gets calls again.
  case readmitted(instance: String)
  /// The breaker of the instance lets no call through for a while.
  case breakerOpened(instance: String, because: CircuitBreaker.Reason, for: Duration)
  /// The breaker of the instance lets a call through to try it.
  case breakerProbing(instance: String)
  /// The breaker of the instance lets all calls through again.
  case breakerClosed(instance: String)
  /// No instance may be called, so this one is although it is ejected or its breaker is open.
  case lastResort(instance: String)
  /// A call was sent to a second instance too.
  case hedged(instance: String, after: Duration)
  /// A call that could have been hedged was not.
  case notHedged(because: HedgePolicy.Reason)
  /// The call was refused, since as many run as may.
  case limited(running: Int)
  /// The call failed and something else was answered.
  case fallbackUsed(FallbackKind, because: String)
  /// An answer past its time was served from the cache.
  case staleServed(key: String, age: Duration, because: StaleReason)
  /// The cache's store failed, which counts as having nothing.
  case cacheFailed(key: String, operation: CacheOperation, because: String)
  /// The answer was fetched again behind the caller's back, and that failed.
  case revalidationFailed(key: String, because: String)
}

/// Why an answer past its time was served.
public enum StaleReason: Sendable, Hashable, CustomStringConvertible {
  /// A new one is being fetched meanwhile.
  case revalidating
  /// Fetching a new one failed, as the text says.
  case fetchFailed(String)

  /// The reason in words.
  public var description: String {
    switch self {
    case .revalidating: "a new one is being fetched"
    case .fetchFailed(let reason): "fetching a new one failed: \(reason)"
    }
  }
}

/// What a cache asks of its store.
public enum CacheOperation: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// Looking for an answer.
  case load
  /// Keeping an answer.
  case save
  /// Forgetting an answer.
  case remove

  /// The operation in words.
  public var description: String { rawValue }
}
