/// When to send a call a second time because the first answer is late: after the time in which most answers come.
///
/// "Hedged requests" (Dean and Barroso, "The tail at scale", 2013). For calls that may be carried out twice only; each hedge is
/// taken from the retry budget by whoever makes it.
public struct HedgePolicy: Sendable {
  /// When a call is late.
  public struct Settings: Sendable, Hashable {
    /// It is later than this share of the answers. Default 0.95.
    public var percentile: Double
    /// No hedge before so many answers are known. Default 100.
    public var leastAnswers: Int
    /// No hedge earlier than this. Default 1 ms.
    public var leastDelay: Duration

    /// The defaults, where nothing else is said.
    public init(percentile: Double = 0.95, leastAnswers: Int = 100, leastDelay: Duration = .milliseconds(1)) {
      self.percentile = percentile
      self.leastAnswers = leastAnswers
      self.leastDelay = leastDelay
    }

    /// - Throws: `ResilienceError` when a setting makes no sense.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check("hedge.percentile", percentile, in: 0.5...0.9999)
      try ResilienceError.check("hedge.leastAnswers", leastAnswers, in: 1...2_000)
      try ResilienceError.check("hedge.leastDelay", leastDelay, in: .zero...Duration.seconds(3_600))
    }
  }

  private let settings: Settings
  private var history = LatencyHistory()

  /// One that knows no latencies.
  ///
  /// - Throws: `ResilienceError` when a setting makes no sense.
  public init(_ settings: Settings = Settings()) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
  }

  /// An answer took so long.
  public mutating func record(_ latency: Duration) { history.add(latency) }

  /// How long to wait for an answer before the call is sent again; nil while too little is known.
  public var delay: Duration? {
    guard history.total >= settings.leastAnswers, let delay = history.quantile(settings.percentile) else { return nil }
    return max(delay, settings.leastDelay)
  }
}
