import MusterResilience
import MusterTestSupport
import Testing

private let start = ContinuousClock.now

@Suite("A circuit breaker")
struct CircuitBreakerTests {
  private var random = SplitMix64(seed: 3)

  @Test("opens at half of at least 200 calls, and not before", arguments: [(199, false), (200, true), (500, true)])
  mutating func share(samples: Int, opens: Bool) throws {
    var breaker = try CircuitBreaker(.init(consecutiveFailures: nil), at: start)
    var change: CircuitBreaker.Change?
    for number in 0..<samples where change == nil {
      change = try call(&breaker, number.isMultiple(of: 2) ? .success : .failed, at: start)
    }
    #expect((change != nil) == opens)
    if opens, case .opened(let reason, _) = change { #expect(reason == .failureShare(failures: 100, samples: 200)) }
  }

  @Test("lets a caller through that has nobody else: a success may close it early, a failure makes it no worse")
  mutating func admitAnyway() throws {
    var breaker = try CircuitBreaker(.init(openTime: .seconds(10), probes: 1), at: start)
    for _ in 0..<5 { _ = try call(&breaker, .failed, at: start) }
    let first = breaker.admitAnyway(at: start)
    #expect(first.isProbe)
    _ = breaker.report(.failed, first, at: start, using: &random)
    guard case .open(_, let times) = breaker.state else { throw Refused() }
    #expect(times == 1)
    let second = breaker.admitAnyway(at: start)
    let third = breaker.admitAnyway(at: start)
    #expect(breaker.report(.success, third, at: start, using: &random) == .closed)
    #expect(breaker.report(.failed, second, at: start, using: &random) == nil)
    #expect(breaker.state == .closed(consecutiveFailures: 0))
    #expect(!breaker.admitAnyway(at: start).isProbe)
  }

  @Test(
    "opens after five failures in a row; successes and cancelled calls in between make a difference of one and none")
  mutating func consecutive() throws {
    var breaker = try CircuitBreaker(at: start)
    for outcome in [CallOutcome.failed, .failed, .timedOut, .notSent, .success, .failed, .failed, .cancelled, .failed] {
      let change = try call(&breaker, outcome, at: start)
      #expect(change == nil)
    }
    #expect(breaker.state == .closed(consecutiveFailures: 3))
    _ = try call(&breaker, .failed, at: start)
    guard case .opened(let reason, let time) = try call(&breaker, .failed, at: start) else {
      Issue.record("still closed")
      return
    }
    #expect(reason == .consecutiveFailures(5))
    #expect(time >= .milliseconds(2_500) && time <= .seconds(5))
    #expect(breaker.admit(at: start) == .refused(until: start + time))
  }

  @Test("forgets failures that left the window")
  mutating func window() throws {
    var breaker = try CircuitBreaker(.init(consecutiveFailures: nil), at: start)
    for _ in 0..<199 { _ = try call(&breaker, .failed, at: start) }
    let change = try call(&breaker, .failed, at: start + .seconds(11))
    #expect(change == nil)
  }

  @Test("lets one probe through when half open, which closes it")
  mutating func probe() throws {
    var breaker = try openBreaker()
    let later = start + .seconds(5)
    guard case .admitted(let pass) = breaker.admit(at: later) else {
      Issue.record("no probe")
      return
    }
    #expect(pass.isProbe)
    #expect(!breaker.wouldAdmit(at: later))
    let change = breaker.report(.success, pass, at: later, using: &random)
    #expect(change == .closed)
    #expect(breaker.state == .closed(consecutiveFailures: 0))
  }

  @Test("stays open longer each time a probe fails, up to the longest time")
  mutating func reopens() throws {
    var breaker = try openBreaker()
    var now = start + .seconds(5)
    var times: [Double] = []
    for _ in 0..<40 {
      guard case .opened(.probeFailed, let time) = try call(&breaker, .failed, at: now) else {
        Issue.record("not opened")
        return
      }
      times.append(time / .seconds(1))
      now += time
    }
    #expect(times[0] >= 5 && times[0] <= 10)
    #expect(times[1] >= 10 && times[1] <= 20)
    #expect(times[10...].allSatisfy { $0 >= 150 && $0 <= 300 })
  }

  @Test("gives a probe's place away when it never reports, and takes no late reports")
  mutating func lostProbe() throws {
    var breaker = try openBreaker()
    let later = start + .seconds(5)
    guard case .admitted(let lost) = breaker.admit(at: later),
      case .admitted(let pass) = breaker.admit(at: later + .seconds(30))
    else {
      Issue.record("no probe")
      return
    }
    let late = breaker.report(.failed, lost, at: later + .seconds(31), using: &random)
    #expect(late == nil)
    let cancelled = breaker.report(.cancelled, pass, at: later + .seconds(31), using: &random)
    #expect(cancelled == nil)
    #expect(breaker.wouldAdmit(at: later + .seconds(31)))
  }

  @Test(
    "refuses settings that make no sense",
    arguments: [
      CircuitBreaker.Settings(failureShare: 0), .init(failureShare: 1.1), .init(minimumSamples: 0),
      .init(consecutiveFailures: 0), .init(openTime: .seconds(301)), .init(probes: 0), .init(probeTimeout: .zero),
    ])
  func refuses(settings: CircuitBreaker.Settings) {
    #expect(throws: ResilienceError.self) { try CircuitBreaker(settings, at: start) }
  }

  private mutating func openBreaker() throws -> CircuitBreaker {
    var breaker = try CircuitBreaker(at: start)
    for _ in 0..<5 { _ = try call(&breaker, .failed, at: start) }
    return breaker
  }

  private mutating func call(
    _ breaker: inout CircuitBreaker, _ outcome: CallOutcome, at now: ContinuousClock.Instant
  ) throws -> CircuitBreaker.Change? {
    guard case .admitted(let pass) = breaker.admit(at: now) else { throw Refused() }
    return breaker.report(outcome, pass, at: now, using: &random)
  }

  private struct Refused: Error {}
}
