internal import MusterBalancing
internal import MusterResilience

/// What fault tolerance knows of a service: decides, and does nothing itself.
struct CallState: Sendable {
  private let retries: RetryPolicy
  private let breakerSettings: CircuitBreaker.Settings?
  private var budget: RetryBudget
  private var places = InstancePlaces([])
  /// In the order of the places; none where the settings ask for none.
  private var breakers: [CircuitBreaker] = []
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
    retries = try RetryPolicy(maximumAttempts: settings.maximumAttempts, backoff: settings.backoff)
    try settings.breaker?.validate()
    breakerSettings = settings.breaker
    budget = try RetryBudget(settings.budget, at: now)
    if let outliers = settings.outliers { detector = try OutlierDetector(outliers, at: now) }
    if let hedge = settings.hedge { self.hedge = try HedgePolicy(hedge) }
    if let limit = settings.concurrencyLimit { self.limit = try ConcurrencyLimit(limit) }
    random = SeededGenerator(seed: seed)
  }

  /// These are the instances now.
  mutating func update(_ ids: [String], at now: ContinuousClock.Instant) {
    detector?.update(ids)
    // The settings were validated, so that a breaker can always be made.
    guard let breakerSettings, let new = try? CircuitBreaker(breakerSettings, at: now) else { return }
    let earlier = places
    places = InstancePlaces(ids)
    breakers = places.ids.enumerated().map { place, id in
      earlier.place(of: id, near: place).map { breakers[$0] } ?? new
    }
  }

  /// Counts a call; the number that run where that is as many as may.
  mutating func begin(at now: ContinuousClock.Instant) -> Int? {
    if limit?.acquire() == false { return limit?.running }
    budget.deposit(at: now)
    return nil
  }

  /// A call has ended.
  mutating func end() { limit?.release() }

  /// Whether an instance may be tried, and what its end is to be reported with; no pass where it has no breaker.
  mutating func admit(_ pick: Pick, at now: ContinuousClock.Instant) -> (isAdmitted: Bool, pass: CircuitBreaker.Pass?) {
    guard let place = places.place(of: pick.id, near: pick.place) else { return (true, nil) }
    let pass = breakers[place].pass(at: now)
    return (pass != nil, pass)
  }

  /// Admits a call to an instance whatever its breaker says.
  mutating func admitAnyway(_ pick: Pick, at now: ContinuousClock.Instant) -> CircuitBreaker.Pass? {
    guard let place = places.place(of: pick.id, near: pick.place) else { return nil }
    return breakers[place].admitAnyway(at: now)
  }

  /// A try has ended.
  mutating func tried(
    _ pick: Pick, _ outcome: CallOutcome, _ pass: CircuitBreaker.Pass?, latency: Duration,
    at now: ContinuousClock.Instant
  ) -> Consequences {
    if outcome == .success { hedge?.record(latency) }
    var consequences = Consequences()
    let (id, hint) = (pick.id, pick.place)
    consequences.outlier = detector?.report(outcome, from: id, near: hint, at: now)
    if let pass, let place = places.place(of: id, near: hint) {
      consequences.breaker = breakers[place].report(outcome, pass, at: now, using: &random)
    }
    return consequences
  }

  /// What to do about a failed try.
  mutating func decide(
    after outcome: CallOutcome, isIdempotent: Bool, attempts: Int, deadline: Deadline, at now: ContinuousClock.Instant
  ) -> RetryPolicy.Decision {
    retries.decide(
      after: outcome, isIdempotent: isIdempotent, attempts: attempts, deadline: deadline, budget: &budget, at: now,
      using: &random)
  }

  /// How long to wait before a hedge; nil: none is sent.
  func hedgeDelay(isIdempotent: Bool, deadline: Deadline, at now: ContinuousClock.Instant) -> Duration? {
    guard case .hedge(let delay) = hedge?.plan(isIdempotent: isIdempotent, deadline: deadline, at: now) else {
      return nil
    }
    return delay
  }

  /// Takes a hedge out of the retry budget.
  mutating func allowsHedge(at now: ContinuousClock.Instant) -> Bool { budget.withdraw(at: now) }

  /// Readmits and ejects; to be called once in an interval.
  mutating func sweep(at now: ContinuousClock.Instant) -> [OutlierDetector.Decision] { detector?.sweep(at: now) ?? [] }
}
