internal import MusterBalancing
internal import MusterResilience

/// What fault tolerance knows of a service: decides, and does nothing itself.
struct CallState: Sendable {
  private let settings: CallSettings
  private var budget: RetryBudget
  private var breakers: [String: CircuitBreaker] = [:]
  private var detector: OutlierDetector?
  private var limit: ConcurrencyLimit?
  private var hedge: HedgePolicy?
  private var random: SeededGenerator

  /// What follows from the end of a try.
  struct Consequences: Sendable {
    var outlier: OutlierDetector.Decision?
    var breaker: CircuitBreaker.Change?
  }

  init(_ settings: CallSettings, seed: UInt64, now: ContinuousClock.Instant) throws(ResilienceError) {
    try settings.retries.validate()
    try settings.breaker?.validate()
    self.settings = settings
    budget = try RetryBudget(settings.budget, now: now)
    if let outliers = settings.outliers { detector = try OutlierDetector(outliers) }
    if let hedge = settings.hedge { self.hedge = try HedgePolicy(hedge) }
    if let limit = settings.concurrencyLimit { self.limit = try ConcurrencyLimit(limit) }
    random = SeededGenerator(seed: seed)
  }

  /// These are the instances now.
  mutating func update(_ ids: [String]) {
    detector?.update(ids)
    let current = Set(ids)
    for id in breakers.keys where !current.contains(id) { breakers[id] = nil }
  }

  /// Counts a call; the number under way where that is as many as may be.
  mutating func begin(at now: ContinuousClock.Instant) -> Int? {
    if limit?.begin() == false { return limit?.underWay }
    budget.called(at: now)
    return nil
  }

  /// A call has ended.
  mutating func end() { limit?.end() }

  /// Whether an instance may be tried; if so, `tried` has to follow.
  mutating func admits(_ id: String, at now: ContinuousClock.Instant) -> Bool {
    // Only those that have failed have a breaker.
    breakers[id]?.admits(at: now) ?? true
  }

  /// A try has ended: well, badly, or given up by its caller.
  mutating func tried(
    _ id: String, success: Bool?, latency: Duration, at now: ContinuousClock.Instant
  ) -> Consequences {
    var consequences = Consequences()
    if success == true { hedge?.record(latency) }
    if let success { consequences.outlier = detector?.record(id, success: success, at: now) }
    if breakers[id] != nil || success == false, let settings = settings.breaker {
      consequences.breaker = record(success, for: id, settings, at: now)
    }
    return consequences
  }

  private mutating func record(
    _ success: Bool?, for id: String, _ settings: CircuitBreaker.Settings, at now: ContinuousClock.Instant
  ) -> CircuitBreaker.Change? {
    // The settings were validated, so that this one can always be made.
    guard var breaker = breakers[id] ?? (try? CircuitBreaker(settings)) else { return nil }
    let change = breaker.record(success: success, at: now)
    breakers[id] = breaker
    return change
  }

  /// What to do about a failed try.
  mutating func decide(
    after failure: CallFailure, isIdempotent: Bool, retries: Int, deadline: ContinuousClock.Instant?,
    at now: ContinuousClock.Instant
  ) -> RetryPolicy.Decision {
    settings.retries.decide(
      after: failure, isIdempotent: isIdempotent, retries: retries, deadline: deadline, budget: &budget, now: now,
      random: &random)
  }

  /// How long to wait before a hedge; nil: none is sent.
  var hedgeDelay: Duration? { hedge?.delay }

  /// Takes a hedge out of the retry budget.
  mutating func allowsHedge(at now: ContinuousClock.Instant) -> Bool { budget.withdraw(at: now) }

  /// Restores and ejects; to be called once in an interval.
  mutating func sweep(at now: ContinuousClock.Instant) -> [OutlierDetector.Decision] { detector?.sweep(at: now) ?? [] }
}
