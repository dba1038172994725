extension OutlierDetector {
  /// What makes an instance an outlier. The defaults are Envoy's.
  public struct Settings: Sendable, Hashable {
    /// Failures in a row that eject an instance at once: 1 … 1,000,000, by default 5; nil if none do.
    public var consecutiveFailures: Int?
    /// How often ``OutlierDetector/sweep(at:)`` judges success rates: 1 ms … 1 h, by default 10 s.
    public var interval: Duration
    /// How long an instance is ejected the first time, and how much longer each further time: 1 ms … `maximumTime`, by
    /// default 30 s.
    public var baseTime: Duration
    /// The longest it is ejected: up to 1 day, by default 300 s.
    public var maximumTime: Duration
    /// The share of the instances that may be ejected at once, but always at least one: 0 … 1, by default 0.1.
    public var maximumShare: Double
    /// How many standard deviations below the mean a success rate may be: 0 … 100, by default 1.9; nil to leave success
    /// rates alone.
    public var deviations: Double?
    /// Instances with enough calls that it takes to compare success rates: 2 … 1,000,000, by default 5.
    public var minimumInstances: Int
    /// Calls in an interval that it takes to count among them: 1 … 1,000,000, by default 100.
    public var minimumCalls: Int

    /// Settings with these values; ``OutlierDetector/init(_:at:)`` checks them.
    public init(
      consecutiveFailures: Int? = 5, interval: Duration = .seconds(10), baseTime: Duration = .seconds(30),
      maximumTime: Duration = .seconds(300), maximumShare: Double = 0.1, deviations: Double? = 1.9,
      minimumInstances: Int = 5, minimumCalls: Int = 100
    ) {
      self.consecutiveFailures = consecutiveFailures
      self.interval = interval
      self.baseTime = baseTime
      self.maximumTime = maximumTime
      self.maximumShare = maximumShare
      self.deviations = deviations
      self.minimumInstances = minimumInstances
      self.minimumCalls = minimumCalls
    }

    /// Refuses what makes no sense.
    ///
    /// - Throws: ``ResilienceError`` that names the setting, its value and what is allowed.
    public func validate() throws(ResilienceError) {
      let shortest = Duration.milliseconds(1)
      if let consecutiveFailures {
        try ResilienceError.check(consecutiveFailures, in: 1...1_000_000, "OutlierDetector.consecutiveFailures")
      }
      try ResilienceError.check(interval, in: shortest ... .seconds(3_600), "OutlierDetector.interval")
      try ResilienceError.check(maximumTime, in: shortest ... .longestSetting, "OutlierDetector.maximumTime")
      try ResilienceError.check(baseTime, in: shortest...maximumTime, "OutlierDetector.baseTime")
      try ResilienceError.check(maximumShare, in: 0...1, "OutlierDetector.maximumShare")
      if let deviations { try ResilienceError.check(deviations, in: 0...100, "OutlierDetector.deviations") }
      try ResilienceError.check(minimumInstances, in: 2...1_000_000, "OutlierDetector.minimumInstances")
      try ResilienceError.check(minimumCalls, in: 1...1_000_000, "OutlierDetector.minimumCalls")
    }
  }

  /// What is to be done with an instance.
  public enum Decision: Sendable, Hashable {
    /// Give it no calls for this long.
    case eject(String, because: Reason, for: Duration)
    /// It is an outlier, but as many instances are ejected as may be.
    case spare(String, because: Reason, ejected: Int, total: Int)
    /// Its time is over: give it calls again.
    case admit(String)
  }

  /// Why an instance is an outlier.
  public enum Reason: Sendable, Hashable, CustomStringConvertible {
    /// So many failures without a success in between.
    case consecutiveFailures(Int)
    /// The share of its calls that went well is below the least that the others' spread allows.
    case successRate(Double, least: Double)

    /// The reason in words.
    public var description: String {
      switch self {
      case .consecutiveFailures(let count): "\(count) failures in a row"
      case .successRate(let rate, let least): "its success rate \(percent(rate)) is below \(percent(least))"
      }
    }

    /// A share with one decimal.
    private func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
  }
}
