/// Keeps calls away from an instance that fails them, and lets a few through after a while to see whether it is well again.
///
/// Closed it counts outcomes over a window in two halves; when the share of failures reaches the threshold (Kitex: 50 % of
/// at least 200), or so many fail in a row (Finagle: 5), it opens. Open it refuses for a time that doubles with every opening
/// and ends anew with a probe; half open it lets `probes` calls through, and their success closes it.
public struct CircuitBreaker: Sendable {
  /// When it opens, and for how long.
  public struct Settings: Sendable, Hashable {
    /// Failures in a row that open it, from 1. Default 5.
    public var consecutiveFailures: Int
    /// The share of failures that opens it, more than 0 up to 1. Default 0.5.
    public var failureShare: Double
    /// The share counts from so many outcomes. Default 200.
    public var leastOutcomes: Int
    /// The time over which the share is taken, give or take half of it. Default 10 s.
    public var window: Duration
    /// How long it stays open the first time. Default 5 s.
    public var openTime: Duration
    /// How long at the most. Default 300 s.
    public var longestOpenTime: Duration
    /// Calls that are let through half open, all of which must succeed. Default 1.
    public var probes: Int

    /// The defaults, where nothing else is said.
    public init(
      consecutiveFailures: Int = 5, failureShare: Double = 0.5, leastOutcomes: Int = 200,
      window: Duration = .seconds(10), openTime: Duration = .seconds(5), longestOpenTime: Duration = .seconds(300),
      probes: Int = 1
    ) {
      self.consecutiveFailures = consecutiveFailures
      self.failureShare = failureShare
      self.leastOutcomes = leastOutcomes
      self.window = window
      self.openTime = openTime
      self.longestOpenTime = longestOpenTime
      self.probes = probes
    }

    /// - Throws: `ResilienceError` when a setting makes no sense.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check("breaker.consecutiveFailures", consecutiveFailures, in: 1...1_000_000)
      try ResilienceError.check("breaker.failureShare", failureShare, in: 0.001...1)
      try ResilienceError.check("breaker.leastOutcomes", leastOutcomes, in: 1...1_000_000)
      try ResilienceError.check("breaker.window", window, in: .milliseconds(10)...Duration.seconds(3_600))
      try ResilienceError.check("breaker.openTime", openTime, in: .milliseconds(1)...Duration.seconds(86_400))
      try ResilienceError.check("breaker.longestOpenTime", longestOpenTime, in: openTime...Duration.seconds(86_400))
      try ResilienceError.check("breaker.probes", probes, in: 1...1_000)
    }
  }

  /// What it does with calls.
  public enum State: Sendable, Hashable {
    /// They go through.
    case closed
    /// They are refused until then.
    case open(until: ContinuousClock.Instant)
    /// A few go through.
    case halfOpen(underWay: Int, succeeded: Int)
  }

  /// What an outcome changed, for an event.
  public enum Change: Sendable, Hashable {
    /// It opened, and why.
    case opened(reason: String, for: Duration)
    /// It is closed again.
    case closed
  }

  /// What it does with calls; an open one whose time is up shows as open until the next call.
  public private(set) var state = State.closed
  private let settings: Settings
  private var tally = OutcomeTally()
  private var failuresInARow = 0
  private var openings = 0

  /// A closed one.
  ///
  /// - Throws: `ResilienceError` when a setting makes no sense.
  public init(_ settings: Settings = Settings()) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
  }

  /// Whether a call may be made; one that may must be followed by `record`.
  public mutating func admits(at now: ContinuousClock.Instant) -> Bool {
    switch state {
    case .closed: return true
    case .open(let end):
      guard now >= end else { return false }
      state = .halfOpen(underWay: 1, succeeded: 0)
      return true
    case .halfOpen(let underWay, let succeeded):
      guard underWay + succeeded < settings.probes else { return false }
      state = .halfOpen(underWay: underWay + 1, succeeded: succeeded)
      return true
    }
  }

  /// How an admitted call ended; nil for one that was given up by its caller.
  public mutating func record(success: Bool?, at now: ContinuousClock.Instant) -> Change? {
    switch state {
    case .closed: return success.flatMap { recordClosed($0, at: now) }
    // A call that began before it opened.
    case .open: return nil
    case .halfOpen(let underWay, let succeeded):
      switch success {
      case true: return probeSucceeded(underWay: underWay, succeeded: succeeded + 1)
      case false: return open("a probe failed", at: now)
      case nil:
        state = .halfOpen(underWay: max(underWay - 1, 0), succeeded: succeeded)
        return nil
      }
    }
  }

  private mutating func recordClosed(_ success: Bool, at now: ContinuousClock.Instant) -> Change? {
    tally.add(success, at: now, window: settings.window)
    failuresInARow = success ? 0 : failuresInARow + 1
    if success {
      // A stretch of success makes the next opening a first one again.
      if openings > 0, tally.total >= settings.leastOutcomes { openings = 0 }
      return nil
    }
    if failuresInARow >= settings.consecutiveFailures { return open("\(failuresInARow) failures in a row", at: now) }
    guard tally.total >= settings.leastOutcomes, tally.failureShare >= settings.failureShare else { return nil }
    return open("\(tally.failures) of \(tally.total) calls failed", at: now)
  }

  private mutating func probeSucceeded(underWay: Int, succeeded: Int) -> Change? {
    guard succeeded >= settings.probes else {
      state = .halfOpen(underWay: max(underWay - 1, 0), succeeded: succeeded)
      return nil
    }
    state = .closed
    failuresInARow = 0
    tally = OutcomeTally()
    return .closed
  }

  private mutating func open(_ reason: String, at now: ContinuousClock.Instant) -> Change {
    var time = settings.openTime
    for _ in 0..<openings where time < settings.longestOpenTime { time *= 2 }
    time = min(time, settings.longestOpenTime)
    openings += 1
    state = .open(until: now.advanced(by: time))
    return .opened(reason: reason, for: time)
  }
}
