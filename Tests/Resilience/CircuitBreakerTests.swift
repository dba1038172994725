internal import MusterResilience
internal import Testing

@Suite("A circuit breaker")
struct CircuitBreakerTests {
  private let start = ContinuousClock.now

  private func fail(_ breaker: inout CircuitBreaker, _ count: Int, at now: ContinuousClock.Instant) -> [CircuitBreaker
    .Change]
  {
    (0..<count).compactMap { _ in breaker.admits(at: now) ? breaker.record(success: false, at: now) : nil }
  }

  @Test("opens after five failures in a row, and says why")
  func consecutive() throws {
    var breaker = try CircuitBreaker()
    #expect(fail(&breaker, 4, at: start).isEmpty)
    #expect(breaker.record(success: true, at: start) == nil)
    #expect(fail(&breaker, 5, at: start) == [.opened(reason: "5 failures in a row", for: .seconds(5))])
    #expect(breaker.admits(at: start + .seconds(4.9)) == false)
  }

  @Test("opens when half of 200 calls fail, however they are mixed")
  func share() throws {
    var breaker = try CircuitBreaker()
    var changes: [CircuitBreaker.Change] = []
    for number in 0..<200 {
      #expect(breaker.admits(at: start) == true)
      if let change = breaker.record(success: number % 2 == 0, at: start) { changes.append(change) }
    }
    #expect(changes == [.opened(reason: "100 of 200 calls failed", for: .seconds(5))])
  }

  @Test("forgets failures that are older than its window")
  func window() throws {
    var breaker = try CircuitBreaker(.init(leastOutcomes: 4))
    for success in [false, true, false] { #expect(breaker.record(success: success, at: start) == nil) }
    let later = start + .seconds(30)
    for success in [true, true, true, false, true] { #expect(breaker.record(success: success, at: later) == nil) }
    #expect(breaker.state == .closed)
  }

  @Test("lets one probe through after its time, and closes or opens for twice as long by what comes of it")
  func probes() throws {
    var breaker = try CircuitBreaker()
    _ = fail(&breaker, 5, at: start)
    var now = start + .seconds(5)
    #expect(breaker.admits(at: now) == true)
    #expect(breaker.admits(at: now) == false)
    #expect(breaker.record(success: false, at: now) == .opened(reason: "a probe failed", for: .seconds(10)))
    now += .seconds(10)
    #expect(breaker.admits(at: now) == true)
    // A probe that its caller gave up tells nothing: the next call is one.
    #expect(breaker.record(success: nil, at: now) == nil)
    #expect(breaker.admits(at: now) == true)
    #expect(breaker.record(success: true, at: now) == .closed)
    #expect(breaker.admits(at: now) == true)
  }

  @Test("stays open for five minutes at the most")
  func longest() throws {
    var breaker = try CircuitBreaker()
    var now = start
    _ = fail(&breaker, 5, at: now)
    for _ in 0..<20 {
      guard case .open(let end) = breaker.state else {
        Issue.record("\(breaker.state)")
        return
      }
      #expect(now.duration(to: end) <= .seconds(300))
      now = end
      #expect(breaker.admits(at: now) == true)
      _ = breaker.record(success: false, at: now)
    }
    #expect(breaker.state == .open(until: now + .seconds(300)))
  }

  @Test("passes over outcomes of calls that began before it opened")
  func late() throws {
    var breaker = try CircuitBreaker()
    _ = fail(&breaker, 5, at: start)
    #expect(breaker.record(success: true, at: start) == nil)
    #expect(breaker.state == .open(until: start + .seconds(5)))
  }
}
