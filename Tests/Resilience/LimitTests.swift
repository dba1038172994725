internal import MusterResilience
internal import MusterTestSupport
internal import Testing

@Suite("Hedges, limits and settings")
struct LimitTests {
  @Test("a hedge waits for the percentile of the latencies, within the width of a bucket")
  func hedge() throws {
    var policy = try HedgePolicy()
    for number in 1...99 { policy.record(.milliseconds(number)) }
    #expect(policy.delay == nil)
    policy.record(.milliseconds(100))
    let delay = try #require(policy.delay)
    // The 95th of 1 … 100 ms; a bucket ends at most a quarter above its beginning.
    #expect((Duration.milliseconds(95))...(.milliseconds(119)) ~= delay)
  }

  @Test("a hedge follows latencies that change, and forgets old ones")
  func forgets() throws {
    var policy = try HedgePolicy()
    for _ in 0..<10_000 { policy.record(.milliseconds(500)) }
    for _ in 0..<20_000 { policy.record(.milliseconds(2)) }
    #expect(try #require(policy.delay) <= .milliseconds(3))
  }

  @Test("any latency is taken", arguments: [Duration.zero, .seconds(-5), .nanoseconds(1), .seconds(Int64.max / 2)])
  func extremes(latency: Duration) throws {
    var policy = try HedgePolicy(.init(leastAnswers: 1))
    policy.record(latency)
    #expect(try #require(policy.delay) >= .milliseconds(1))
  }

  @Test("a limit refuses what is too much, and recovers")
  func limit() throws {
    var limit = try ConcurrencyLimit(2)
    #expect([limit.begin(), limit.begin(), limit.begin()] == [true, true, false])
    limit.end()
    #expect(limit.begin() == true)
    for _ in 0..<5 { limit.end() }
    #expect(limit.underWay == 0)
  }

  private static let refusals: [(String, @Sendable () throws -> Void)] = [
    ("budget.share is -0.1", { try RetryBudget.Settings(share: -0.1).validate() }),
    ("budget.share is nan", { try RetryBudget.Settings(share: .nan).validate() }),
    ("budget.window is 0.0 seconds", { try RetryBudget.Settings(window: .zero).validate() }),
    ("retries.limit is 101", { try RetryPolicy(limit: 101).validate() }),
    ("backoff.maximum is 0.001 seconds", { try Backoff(initial: .seconds(1), maximum: .milliseconds(1)).validate() }),
    ("backoff.multiplier is 0.5", { try Backoff(multiplier: 0.5).validate() }),
    ("breaker.failureShare is 0.0", { _ = try CircuitBreaker(.init(failureShare: 0)) }),
    ("breaker.longestOpenTime is 1.0", { _ = try CircuitBreaker(.init(longestOpenTime: .seconds(1))) }),
    ("outliers.ejectedShare is 1.5", { _ = try OutlierDetector(.init(ejectedShare: 1.5)) }),
    ("outliers.leastInstances is 1", { _ = try OutlierDetector(.init(leastInstances: 1)) }),
    ("hedge.percentile is 1.0", { _ = try HedgePolicy(.init(percentile: 1)) }),
    ("concurrencyLimit is 0", { _ = try ConcurrencyLimit(0) }),
  ]

  @Test("settings that make no sense are refused with the value and what is allowed", arguments: refusals.indices)
  func refused(index: Int) throws {
    let (message, make) = Self.refusals[index]
    let error = #expect(throws: ResilienceError.self) { try make() }
    let text = try #require(error).description
    #expect(text.hasPrefix(message) && text.contains(": it must be "), "\(text)")
  }

  @Test("events say what was decided and why")
  func events() {
    let lines: [(ResilienceEvent, String)] = [
      (.retried(after: .milliseconds(5), failure: .notSent), "retried after 0.005 seconds: the call was not sent"),
      (.notRetried(.budget), "not retried: the retry budget is spent"),
      (
        .outlier(.eject(id: "a", reason: "5 failures in a row", for: .seconds(30))),
        "a ejected for 30.0 seconds: 5 failures in a row"
      ),
      (.breaker(id: "a", .closed), "breaker of a closed: the probes succeeded"),
      (.limited(underWay: 7), "refused: 7 calls are under way"),
    ]
    for (event, line) in lines { #expect(event.description == line) }
  }
}
