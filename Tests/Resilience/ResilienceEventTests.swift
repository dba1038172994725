import MusterResilience
import Testing

@Suite("A resilience event")
struct ResilienceEventTests {
  @Test(
    "says what was decided and why",
    arguments: [
      (
        ResilienceEvent.retried(attempt: 1, outcome: .timedOut, instance: "a", after: .milliseconds(5)),
        "attempt 1 on a ended as timed out: tried again after 0.005 seconds"
      ),
      (
        .notRetried(attempts: 3, outcome: .failed, instance: "a", because: .attemptsExhausted),
        "attempt 3 on a ended as failed: not tried again, because all attempts are used"
      ),
      (
        .ejected(instance: "a", because: .successRate(0.75, least: 0.8292), for: .seconds(30)),
        "a ejected for 30.0 seconds: its success rate 75.0 % is below 82.9 %"
      ),
      (
        .spared(instance: "a", because: .consecutiveFailures(5), ejected: 1, total: 3),
        "a not ejected, because 1 of 3 are already: 5 failures in a row"
      ),
      (
        .breakerOpened(instance: "a", because: .failureShare(failures: 100, samples: 200), for: .seconds(5)),
        "breaker of a open for 5.0 seconds: 100 of 200 calls failed"
      ),
      (.limited(running: 8), "refused, because 8 calls run, which is the limit"),
      (.notHedged(because: .tooFewSamples), "not hedged, because too few latencies are known"),
      (.fallbackUsed(.stale, because: "it is down"), "answered with the last good answer: it is down"),
    ])
  func text(event: ResilienceEvent, text: String) {
    #expect(event.description == text)
  }
}

@Suite("A fallback")
struct FallbackTests {
  @Test("answers with its value, its closure's or the last good one")
  func answers() async throws {
    #expect(try await Fallback.value(1).answer(to: Down()) == 1)
    #expect(try await Fallback.closure { "\($0)" }.answer(to: Down()) == "it is down")
    #expect(try await Fallback<Int>.stale.answer(to: Down(), stale: { 3 }) == 3)
  }

  @Test("throws the error when it has nothing, and for a cancelled call")
  func throwsError() async {
    await #expect(throws: Down.self) { try await Fallback<Int>.stale.answer(to: Down()) }
    await #expect(throws: CancellationError.self) { try await Fallback.value(1).answer(to: CancellationError()) }
  }
}
