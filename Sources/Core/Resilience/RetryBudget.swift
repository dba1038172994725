/// How many calls may be retries, so that retries don't multiply the load of a service that is down.
///
/// In any window at most `share` of the calls, plus `perSecond` for each second of the window, are retries. The flat
/// part lets callers with little traffic retry at all. The defaults are those of Finagle's `RetryBudget`.
public struct RetryBudget: Sendable {
  /// What a budget grants.
  public struct Settings: Sendable, Hashable {
    /// Retries per call: 0 … 10, by default 0.2.
    public var share: Double
    /// Retries granted each second whatever the traffic: 0 … 1,000,000, by default 10.
    public var perSecond: Double
    /// Over which time calls and retries are counted: 1 s … 1 h, by default 10 s.
    public var window: Duration

    /// Settings with these values; ``RetryBudget/init(_:at:)`` checks them.
    public init(share: Double = 0.2, perSecond: Double = 10, window: Duration = .seconds(10)) {
      self.share = share
      self.perSecond = perSecond
      self.window = window
    }

    /// Refuses what makes no sense.
    ///
    /// - Throws: ``ResilienceError`` that names the setting, its value and what is allowed.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check(share, in: 0...10, "RetryBudget.share")
      try ResilienceError.check(perSecond, in: 0...1_000_000, "RetryBudget.perSecond")
      try ResilienceError.check(window, in: .seconds(1) ... .seconds(3_600), "RetryBudget.window")
    }
  }

  private let share: Double
  private let reserve: Double
  /// First the calls, then the retries.
  private var counts: SlidingCounts

  /// A budget of which nothing is spent.
  ///
  /// - Throws: ``ResilienceError`` for settings out of range.
  public init(_ settings: Settings = Settings(), at now: ContinuousClock.Instant) throws(ResilienceError) {
    try settings.validate()
    share = settings.share
    reserve = settings.perSecond * (settings.window / .seconds(1))
    counts = SlidingCounts(window: settings.window, at: now)
  }

  /// Counts a first attempt, which earns its share of a retry.
  public mutating func deposit(at now: ContinuousClock.Instant) {
    counts.add(first: 1, at: now)
  }

  /// Takes one retry off the budget.
  ///
  /// - Returns: false if there is none left, in which case nothing is taken.
  public mutating func withdraw(at now: ContinuousClock.Instant) -> Bool {
    guard balance(at: now) >= 1 else { return false }
    counts.add(second: 1, at: now)
    return true
  }

  /// How many retries are left at this time, with fractions; below 0 when calls that earned spent ones left the window.
  public mutating func balance(at now: ContinuousClock.Instant) -> Double {
    counts.advance(to: now)
    return reserve + share * Double(counts.first) - Double(counts.second)
  }
}
