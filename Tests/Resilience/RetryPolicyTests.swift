import MusterResilience
import MusterTestSupport
import Testing

private let start = ContinuousClock.now

@Suite("A retry policy")
struct RetryPolicyTests {
  @Test(
    "says why a call is not tried again",
    arguments: [
      (CallOutcome.success, true, 1, RetryPolicy.StopReason.succeeded),
      (.refused, true, 1, .refused),
      (.cancelled, true, 1, .cancelled),
      (.failed, false, 1, .notIdempotent),
      (.timedOut, false, 1, .notIdempotent),
      (.failed, true, 3, .attemptsExhausted),
      (.notSent, false, 3, .attemptsExhausted),
    ])
  func stops(outcome: CallOutcome, isIdempotent: Bool, attempts: Int, reason: RetryPolicy.StopReason) throws {
    var budget = try RetryBudget(at: start)
    #expect(try decide(outcome, isIdempotent, attempts, .never, &budget) == .stop(reason))
    #expect(budget.balance(at: start) == 100)
  }

  @Test("tries again what is idempotent or was never sent", arguments: [CallOutcome.failed, .timedOut, .notSent])
  func retries(outcome: CallOutcome) throws {
    var budget = try RetryBudget(at: start)
    guard case .retry(let delay) = try decide(outcome, outcome != .notSent, 2, .never, &budget) else {
      Issue.record("not tried again")
      return
    }
    #expect(delay >= .zero && delay <= .milliseconds(20))
    #expect(budget.balance(at: start) == 99)
  }

  @Test("stops at the deadline without charging the budget, and when the budget is empty")
  func limits() throws {
    var budget = try RetryBudget(.init(perSecond: 0.1), at: start)
    let passed = Deadline(.zero, after: start)
    #expect(try decide(.failed, true, 1, passed, &budget) == .stop(.deadline))
    let isGranted = budget.withdraw(at: start)
    #expect(isGranted)
    #expect(try decide(.failed, true, 1, .never, &budget) == .stop(.budgetExhausted))
  }

  private func decide(
    _ outcome: CallOutcome, _ isIdempotent: Bool, _ attempts: Int, _ deadline: Deadline, _ budget: inout RetryBudget
  ) throws -> RetryPolicy.Decision {
    var random = SplitMix64(seed: 7)
    return try RetryPolicy().decide(
      after: outcome, isIdempotent: isIdempotent, attempts: attempts, deadline: deadline, budget: &budget, at: start,
      using: &random)
  }
}

@Suite("A backoff")
struct BackoffTests {
  @Test(
    "doubles its bound up to the maximum",
    arguments: [(-1, 10), (1, 10), (2, 20), (5, 160), (8, 1_000), (Int.max, 1_000)])
  func bounds(retry: Int, milliseconds: Int) {
    #expect(Backoff.standard.bound(ofRetry: retry) == .milliseconds(milliseconds))
  }

  @Test("spreads its waits over the whole range")
  func spreads() {
    var random = SplitMix64(seed: 1)
    let delays = (0..<10_000).map { _ in Backoff.standard.delay(beforeRetry: 4, using: &random) / .milliseconds(80) }
    #expect(delays.allSatisfy { $0 >= 0 && $0 <= 1 })
    // The mean of 10,000 even numbers in 0 … 1 is 0.5 ± 0.0029 (one sigma); this is five.
    #expect(abs(delays.reduce(0, +) / 10_000 - 0.5) < 0.015)
  }

  @Test("refuses bounds that contradict each other")
  func refuses() {
    #expect(throws: ResilienceError.self) { try Backoff(initial: .seconds(2), maximum: .seconds(1)) }
    #expect(throws: ResilienceError.self) { try Backoff(initial: .seconds(-1)) }
    #expect(throws: ResilienceError.self) { try Backoff(multiplier: 0.5) }
    #expect(throws: ResilienceError.self) { try RetryPolicy(maximumAttempts: 0) }
  }
}

@Suite("A deadline")
struct DeadlineTests {
  @Test("leaves an attempt what is left", arguments: [(0, 100), (950, 50), (1_000, 0), (5_000, 0)])
  func leaves(passed: Int, left: Int) {
    let deadline = Deadline(.seconds(1), after: start)
    let now = start + .milliseconds(passed)
    #expect(deadline.timeout(ofAttempt: .milliseconds(100), at: now) == .milliseconds(left))
    #expect(deadline.hasPassed(at: now) == (left == 0))
  }

  @Test("that never comes is the latest of all")
  func never() {
    #expect(Deadline.never.remaining(at: start) == nil)
    #expect(Deadline(.seconds(1), after: start) < .never)
    #expect(!(Deadline.never < .never))
  }
}
