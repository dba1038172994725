extension CircuitBreaker {
  /// When a breaker opens and for how long.
  public struct Settings: Sendable, Hashable {
    /// The share of failures that opens it: above 0 … 1, by default 0.5.
    public var failureShare: Double
    /// Outcomes that must be in the window before the share counts: 1 … 1,000,000, by default 200.
    public var minimumSamples: Int
    /// The window of the share: 1 s … 1 h, by default 10 s.
    public var window: Duration
    /// Failures in a row that open it whatever the share: 1 … 1,000,000, by default 5; nil if none do.
    public var consecutiveFailures: Int?
    /// How long it is open the first time: 1 ms … `maximumOpenTime`, by default 5 s. Doubles each time it opens again
    /// without having been closed.
    public var openTime: Duration
    /// The longest it is open: up to 1 day, by default 300 s.
    public var maximumOpenTime: Duration
    /// Calls let through at a time when half open, which must all succeed to close it: 1 … 1,000, by default 1.
    public var probes: Int
    /// After this a probe that never reported is replaced: 1 ms … 1 day, by default 30 s.
    public var probeTimeout: Duration

    /// Settings with these values; ``CircuitBreaker/init(_:at:)`` checks them.
    public init(
      failureShare: Double = 0.5, minimumSamples: Int = 200, window: Duration = .seconds(10),
      consecutiveFailures: Int? = 5, openTime: Duration = .seconds(5), maximumOpenTime: Duration = .seconds(300),
      probes: Int = 1, probeTimeout: Duration = .seconds(30)
    ) {
      self.failureShare = failureShare
      self.minimumSamples = minimumSamples
      self.window = window
      self.consecutiveFailures = consecutiveFailures
      self.openTime = openTime
      self.maximumOpenTime = maximumOpenTime
      self.probes = probes
      self.probeTimeout = probeTimeout
    }

    /// Refuses what makes no sense.
    ///
    /// - Throws: ``ResilienceError`` that names the setting, its value and what is allowed.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check(failureShare, in: 0.000_001...1, "CircuitBreaker.failureShare")
      try ResilienceError.check(minimumSamples, in: 1...1_000_000, "CircuitBreaker.minimumSamples")
      try ResilienceError.check(window, in: .seconds(1) ... .seconds(3_600), "CircuitBreaker.window")
      if let consecutiveFailures {
        try ResilienceError.check(consecutiveFailures, in: 1...1_000_000, "CircuitBreaker.consecutiveFailures")
      }
      let shortest = Duration.milliseconds(1)
      try ResilienceError.check(maximumOpenTime, in: shortest ... .longestSetting, "CircuitBreaker.maximumOpenTime")
      try ResilienceError.check(openTime, in: shortest...maximumOpenTime, "CircuitBreaker.openTime")
      try ResilienceError.check(probes, in: 1...1_000, "CircuitBreaker.probes")
      try ResilienceError.check(probeTimeout, in: shortest ... .longestSetting, "CircuitBreaker.probeTimeout")
    }
  }
}
