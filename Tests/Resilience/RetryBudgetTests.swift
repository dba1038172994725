import MusterResilience
import Testing

private let start = ContinuousClock.now

@Suite("A retry budget")
struct RetryBudgetTests {
  @Test("grants its reserve and a share of the calls", arguments: [(0, 100), (50, 110), (1_000, 300)])
  func grants(calls: Int, retries: Int) throws {
    var budget = try RetryBudget(at: start)
    for _ in 0..<calls { budget.deposit(at: start) }
    var granted = 0
    while granted < 10_000, budget.withdraw(at: start) { granted += 1 }
    #expect(granted == retries)
  }

  @Test("has its reserve back when the window has passed, and no more")
  func recovers() throws {
    var budget = try RetryBudget(at: start)
    for _ in 0..<1_000 { budget.deposit(at: start) }
    while budget.withdraw(at: start) {}
    let isGrantedEarly = budget.withdraw(at: start + .seconds(8))
    #expect(!isGrantedEarly)
    #expect(budget.balance(at: start + .seconds(11)) == 100)
    #expect(budget.balance(at: start + .seconds(100_000)) == 100)
  }

  @Test("never lets more through in a run of calls that all fail than its share and reserve")
  func holds() throws {
    var budget = try RetryBudget(at: start)
    var retries = 0
    for call in 0..<50_000 {
      let now = start + .milliseconds(2 * call)
      budget.deposit(at: now)
      if budget.withdraw(at: now) { retries += 1 }
    }
    // 100 s with 500 calls a second: 20 % of 50,000 and 10 a second, and one more window's worth at the edges.
    #expect(retries <= 11_000 + 1_100)
    #expect(retries >= 10_000)
  }

  @Test(
    "refuses settings that make no sense",
    arguments: [
      (RetryBudget.Settings(share: -0.1), "RetryBudget.share is -0.1; allowed: 0.0 … 10.0"),
      (.init(share: .nan), "RetryBudget.share is nan; allowed: 0.0 … 10.0"),
      (.init(perSecond: .infinity), "RetryBudget.perSecond is inf; allowed: 0.0 … 1000000.0"),
      (.init(window: .zero), "RetryBudget.window is 0.0 seconds; allowed: 1.0 seconds … 3600.0 seconds"),
    ])
  func refuses(settings: RetryBudget.Settings, message: String) {
    let error = #expect(throws: ResilienceError.self) { try RetryBudget(settings, at: start) }
    #expect(error?.description == message)
  }
}
