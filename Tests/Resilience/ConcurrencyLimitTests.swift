import MusterResilience
import Testing

@Suite("A concurrency limit")
struct ConcurrencyLimitTests {
  @Test("gives out as many places as it has and takes them back")
  func places() throws {
    var limit = try ConcurrencyLimit(2)
    let taken = [limit.acquire(), limit.acquire(), limit.acquire()]
    #expect(taken == [true, true, false])
    limit.release()
    let again = limit.acquire()
    #expect(again)
    for _ in 0..<5 { limit.release() }
    #expect(limit.running == 0)
  }

  @Test("must leave room for one call", arguments: [0, -1, 1_000_001])
  func refuses(maximum: Int) {
    let error = #expect(throws: ResilienceError.self) { try ConcurrencyLimit(maximum) }
    #expect(error?.code == .outOfRange)
    #expect(error?.value == "\(maximum)")
  }
}
