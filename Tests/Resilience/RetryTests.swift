internal import MusterResilience
internal import MusterTestSupport
internal import Testing

@Suite("Retries")
struct RetryTests {
  private let now = ContinuousClock.now

  @Test("pauses are drawn between nothing and a bound that doubles up to the maximum")
  func pauses() throws {
    let backoff = Backoff(initial: .milliseconds(10), maximum: .milliseconds(50))
    var random = SplitMix64(seed: 1)
    for (retry, bound) in [(1, 10), (2, 20), (3, 40), (4, 50), (1_000, 50)] {
      let pauses = (0..<500).map { _ in backoff.pause(beforeRetry: retry, random: &random) }
      #expect(pauses.allSatisfy { (.zero)...Duration.milliseconds(bound) ~= $0 })
      // Of 500 even draws the largest is below 90 % once in 10²² times.
      #expect(pauses.max() ?? .zero > Duration.milliseconds(bound) * 0.9)
      #expect(pauses.min() ?? .seconds(1) < Duration.milliseconds(bound) * 0.1)
    }
  }

  @Test("the budget gives 20 % of the calls and 10 a second, and forgets after 10 s")
  func budget() throws {
    var budget = try RetryBudget(now: now)
    #expect(budget.balance(at: now) == 100)
    for _ in 0..<1_000 { budget.called(at: now) }
    #expect(abs(budget.balance(at: now) - 300) < 1e-6)
    var taken = 0
    while budget.withdraw(at: now) { taken += 1 }
    #expect((299...300).contains(taken))
    #expect(budget.withdraw(at: now + .seconds(5)) == false)
    #expect(budget.balance(at: now + .seconds(11)) == 100)
    // A clock that goes back must not bring anything back.
    #expect(budget.balance(at: now) == 100)
  }

  @Test("a budget of nothing allows nothing")
  func noBudget() throws {
    var budget = try RetryBudget(.init(share: 0, perSecond: 0), now: now)
    budget.called(at: now)
    #expect(budget.withdraw(at: now) == false)
  }

  @Test(
    "a failed call is made again only where that is safe and worth it",
    arguments: [
      (CallFailure.final, true, 0, 60, RetryPolicy.Refusal?.some(.final)),
      (.unknown, false, 0, 60, .some(.notIdempotent)),
      (.unknown, true, 0, 60, .none),
      (.notSent, false, 0, 60, .none),
      (.notSent, true, 2, 60, .some(.limit)),
      (.unknown, true, 0, 0, .some(.deadline)),
    ])
  func decisions(
    failure: CallFailure, isIdempotent: Bool, retries: Int, seconds: Int, refusal: RetryPolicy.Refusal?
  ) throws {
    var budget = try RetryBudget(now: now)
    var random = SplitMix64(seed: 3)
    let before = budget.balance(at: now)
    let decision = RetryPolicy().decide(
      after: failure, isIdempotent: isIdempotent, retries: retries, deadline: now + .seconds(seconds), budget: &budget,
      now: now, random: &random)
    if let refusal {
      #expect(decision == .stop(refusal))
      #expect(budget.balance(at: now) == before)
    } else {
      guard case .retry(let pause) = decision else {
        Issue.record("\(decision)")
        return
      }
      #expect(failure == .notSent ? pause == .zero : pause <= .milliseconds(25))
      #expect(budget.balance(at: now) == before - 1)
    }
  }

  @Test("no retry without a budget for it")
  func spent() throws {
    var budget = try RetryBudget(.init(share: 0, perSecond: 0), now: now)
    var random = SplitMix64(seed: 3)
    let decision = RetryPolicy().decide(
      after: .notSent, isIdempotent: true, retries: 0, deadline: nil, budget: &budget, now: now, random: &random)
    #expect(decision == .stop(.budget))
  }

  /// Whatever happens, retries stay within a fifth of the calls and ten a second.
  @Test("under random load retries stay within the budget", arguments: [1, 2, 3])
  func withinBudget(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var time = now
    var budget = try RetryBudget(now: now)
    var calls = 0
    var retries = 0
    for _ in 0..<20_000 {
      time += .milliseconds(Int.random(in: 0...5, using: &random))
      budget.called(at: time)
      calls += 1
      if budget.withdraw(at: time) { retries += 1 }
    }
    let seconds = now.duration(to: time) / .seconds(1)
    #expect(Double(retries) <= 0.2 * Double(calls) + 10 * (seconds + 10))
    #expect(retries > 0)
  }
}
