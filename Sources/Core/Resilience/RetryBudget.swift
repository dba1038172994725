/// Bounds retries to a share of the calls, so that they do not bury a service that is in trouble.
///
/// Finagle's budget: each call adds a share of a retry, so much a second is always there, and what was saved longer ago than
/// the window is lost. Kept in ten slices of the window.
public struct RetryBudget: Sendable {
  /// How much may be retried.
  public struct Settings: Sendable, Hashable {
    /// Retries for each call, 0 … 10. Default 0.2.
    public var share: Double
    /// Retries that are there each second whatever the calls. Default 10.
    public var perSecond: Double
    /// How long a saved retry lasts. Default 10 s.
    public var window: Duration

    /// The defaults, where nothing else is said.
    public init(share: Double = 0.2, perSecond: Double = 10, window: Duration = .seconds(10)) {
      self.share = share
      self.perSecond = perSecond
      self.window = window
    }

    /// - Throws: `ResilienceError` when a setting makes no sense.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check("budget.share", share, in: 0...10)
      try ResilienceError.check("budget.perSecond", perSecond, in: 0...1_000_000)
      try ResilienceError.check("budget.window", window, in: .seconds(1)...Duration.seconds(3_600))
    }
  }

  private static let sliceCount = 10
  private let settings: Settings
  private let sliceLength: Duration
  private let start: ContinuousClock.Instant
  /// What was saved, less what was spent, in each slice; the current one at `current % 10`.
  private var slices: InlineArray<10, Double> = .init(repeating: 0)
  private var current = 0
  private var sum = 0.0

  /// A budget that counts from `now`.
  ///
  /// - Throws: `ResilienceError` when a setting makes no sense.
  public init(_ settings: Settings = Settings(), now: ContinuousClock.Instant) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
    start = now
    sliceLength = settings.window / Self.sliceCount
  }

  /// A call is made, not counting its retries.
  public mutating func called(at now: ContinuousClock.Instant) {
    advance(to: now)
    slices[current % Self.sliceCount] += settings.share
    sum += settings.share
  }

  /// The retries that may be made now.
  public mutating func balance(at now: ContinuousClock.Instant) -> Double {
    advance(to: now)
    return sum + settings.perSecond * (settings.window / .seconds(1))
  }

  /// Takes a retry out of the budget; false, and nothing is taken, when there is none.
  public mutating func withdraw(at now: ContinuousClock.Instant) -> Bool {
    guard balance(at: now) >= 1 else { return false }
    slices[current % Self.sliceCount] -= 1
    sum -= 1
    return true
  }

  private mutating func advance(to now: ContinuousClock.Instant) {
    let slice = Int(max(start.duration(to: now), .zero) / sliceLength)
    guard slice > current else { return }
    let passed = min(slice - current, Self.sliceCount)
    for step in 1...passed { slices[(current + step) % Self.sliceCount] = 0 }
    current = slice
    // Summed anew, so that errors of rounding do not add up.
    sum = slices.indices.reduce(0) { $0 + slices[$1] }
  }
}
