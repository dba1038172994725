/// Whether a call that failed is tried again.
public struct RetryPolicy: Sendable, Hashable {
  /// Attempts of one call with the first one: 1 … 100, by default 3.
  public let maximumAttempts: Int
  /// The waits in between.
  public let backoff: Backoff

  /// What to do after an attempt.
  public enum Decision: Sendable, Hashable {
    /// Try again after this wait, on another instance where there is one. The budget is charged already.
    case retry(after: Duration)
    /// Hand the outcome to the caller.
    case stop(StopReason)
  }

  /// Why a call is not tried again.
  public enum StopReason: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// It went well.
    case succeeded = "it succeeded"
    /// The instance says that the call is wrong.
    case refused = "the call itself was refused"
    /// The caller gave up.
    case cancelled = "it was cancelled"
    /// It may have been carried out, and doing it twice is not the same as doing it once.
    case notIdempotent = "it may have been carried out and is not idempotent"
    /// All attempts are used.
    case attemptsExhausted = "all attempts are used"
    /// No time is left after the wait.
    case deadline = "the deadline comes first"
    /// The service has had its share of retries.
    case budgetExhausted = "the retry budget is used up"

    /// The reason in words.
    public var description: String { rawValue }
  }

  /// A policy with these limits.
  ///
  /// - Throws: ``ResilienceError`` for values out of range.
  public init(maximumAttempts: Int = 3, backoff: Backoff = .standard) throws(ResilienceError) {
    try ResilienceError.check(maximumAttempts, in: 1...100, "RetryPolicy.maximumAttempts")
    self.maximumAttempts = maximumAttempts
    self.backoff = backoff
  }

  /// Decides what follows an attempt. The budget is asked last, so that only retries that happen are charged.
  ///
  /// - Parameters:
  ///   - outcome: how the attempt ended.
  ///   - isIdempotent: whether the call may be carried out twice.
  ///   - attempts: how many attempts there were, at least 1.
  ///   - deadline: when the whole call must be answered.
  ///   - budget: what is charged for a retry.
  ///   - now: the time.
  ///   - random: spreads the waits.
  /// - Returns: whether and when to try again, or why not.
  public func decide(
    after outcome: CallOutcome, isIdempotent: Bool, attempts: Int, deadline: Deadline, budget: inout RetryBudget,
    at now: ContinuousClock.Instant, using random: inout some RandomNumberGenerator
  ) -> Decision {
    switch outcome {
    case .success: return .stop(.succeeded)
    case .refused: return .stop(.refused)
    case .cancelled: return .stop(.cancelled)
    case .failed, .timedOut: guard isIdempotent else { return .stop(.notIdempotent) }
    case .notSent: break
    }
    guard attempts < maximumAttempts else { return .stop(.attemptsExhausted) }
    let delay = backoff.delay(beforeRetry: attempts, using: &random)
    guard !deadline.hasPassed(at: now + delay) else { return .stop(.deadline) }
    guard budget.withdraw(at: now) else { return .stop(.budgetExhausted) }
    return .retry(after: delay)
  }
}
