/// Decides whether a failed call is made again.
public struct RetryPolicy: Sendable, Hashable {
  /// Retries of one call at the most, 0 … 100. Default 2.
  public var limit: Int
  /// The pauses between them. A call that was never sent goes to the next instance at once.
  public var backoff: Backoff

  /// The defaults, where nothing else is said.
  public init(limit: Int = 2, backoff: Backoff = Backoff()) {
    self.limit = limit
    self.backoff = backoff
  }

  /// Why a call is not made again.
  public enum Refusal: String, Sendable, Hashable {
    /// Another instance would say the same.
    case final = "another instance would answer the same"
    /// It may have been carried out, and must not be twice.
    case notIdempotent = "it may have been carried out, and its method is not idempotent"
    /// All retries of this call have been made.
    case limit = "it has been retried as often as allowed"
    /// The deadline comes before the pause ends.
    case deadline = "its deadline comes before the next try"
    /// Too much is being retried.
    case budget = "the retry budget is spent"
  }

  /// What to do.
  public enum Decision: Sendable, Hashable {
    /// Call again, on another instance, after a pause.
    case retry(after: Duration)
    /// Give up.
    case stop(Refusal)
  }

  /// Decides, and takes a retry out of the budget when it is to be made.
  ///
  /// - Parameters:
  ///   - failure: what the failed call means.
  ///   - isIdempotent: whether the call may be carried out twice.
  ///   - retries: how many were made of this call before.
  ///   - deadline: when the whole call must have ended; nil: never.
  ///   - budget: what all calls share.
  ///   - now: the time.
  ///   - random: for the pause.
  /// - Returns: a pause and another try, or why there is none.
  public func decide(
    after failure: CallFailure, isIdempotent: Bool, retries: Int, deadline: ContinuousClock.Instant?,
    budget: inout RetryBudget, now: ContinuousClock.Instant, random: inout some RandomNumberGenerator
  ) -> Decision {
    if failure == .final { return .stop(.final) }
    if failure == .unknown, !isIdempotent { return .stop(.notIdempotent) }
    guard retries < limit else { return .stop(.limit) }
    let pause = failure == .notSent ? .zero : backoff.pause(beforeRetry: retries + 1, random: &random)
    if let deadline, now.advanced(by: pause) >= deadline { return .stop(.deadline) }
    return budget.withdraw(at: now) ? .retry(after: pause) : .stop(.budget)
  }

  /// - Throws: `ResilienceError` when a setting makes no sense.
  public func validate() throws(ResilienceError) {
    try ResilienceError.check("retries.limit", limit, in: 0...100)
    try backoff.validate()
  }
}
