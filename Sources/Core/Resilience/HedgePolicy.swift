/// When a call that takes longer than most is sent to a second instance too, and the first answer wins.
///
/// Hedging trades a few more calls for a shorter tail: "The Tail at Scale", Dean and Barroso, 2013.
public struct HedgePolicy: Sendable {
  /// When to hedge.
  public struct Settings: Sendable, Hashable {
    /// A call is hedged when it takes longer than this share of the latest ones: 0.5 … 0.999, by default 0.95.
    public var percentile: Double
    /// Latencies that it takes to know the percentile: 1 … 100,000, by default 100.
    public var minimumSamples: Int
    /// The shortest wait before a hedge: 0 … `maximumDelay`, by default 1 ms.
    public var minimumDelay: Duration
    /// The longest one: up to 1 day, by default 10 s.
    public var maximumDelay: Duration

    /// Settings with these values; ``HedgePolicy/init(_:)`` checks them.
    public init(
      percentile: Double = 0.95, minimumSamples: Int = 100, minimumDelay: Duration = .milliseconds(1),
      maximumDelay: Duration = .seconds(10)
    ) {
      self.percentile = percentile
      self.minimumSamples = minimumSamples
      self.minimumDelay = minimumDelay
      self.maximumDelay = maximumDelay
    }

    /// Refuses what makes no sense.
    ///
    /// - Throws: ``ResilienceError`` that names the setting, its value and what is allowed.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check(percentile, in: 0.5...0.999, "HedgePolicy.percentile")
      try ResilienceError.check(minimumSamples, in: 1...100_000, "HedgePolicy.minimumSamples")
      try ResilienceError.check(maximumDelay, in: .zero ... .longestSetting, "HedgePolicy.maximumDelay")
      try ResilienceError.check(minimumDelay, in: .zero...maximumDelay, "HedgePolicy.minimumDelay")
    }
  }

  /// Whether and when a call is hedged.
  public enum Plan: Sendable, Hashable {
    /// Send it to another instance when it has not been answered after this time.
    case hedge(after: Duration)
    /// Leave it alone.
    case wait(Reason)
  }

  /// Why a call is not hedged.
  public enum Reason: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Two instances may carry it out, which is not the same as one.
    case notIdempotent = "it is not idempotent"
    /// Too few calls have been made to know how long they take.
    case tooFewSamples = "too few latencies are known"
    /// The deadline comes before the hedge would.
    case deadline = "the deadline comes first"
    /// The service has had its share of extra calls.
    case budgetExhausted = "the retry budget is used up"
    /// There is nowhere else to send it.
    case noOtherInstance = "there is no other instance"

    /// The reason in words.
    public var description: String { rawValue }
  }

  private let settings: Settings
  private var latencies: LatencyHistogram
  private var delay: Duration?
  private var untilUpdate: Int

  /// Latencies of which at least the newest are remembered: enough for the highest percentile.
  private static let generation = 10_000
  /// Latencies between two looks at the histogram, which take about a microsecond.
  private static let updateInterval = 100

  /// A policy that has seen no call yet.
  ///
  /// - Throws: ``ResilienceError`` for settings out of range.
  public init(_ settings: Settings = Settings()) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
    latencies = LatencyHistogram(generation: max(Self.generation, settings.minimumSamples))
    untilUpdate = settings.minimumSamples
  }

  /// Takes note of how long a call took that was answered.
  public mutating func record(_ latency: Duration) {
    latencies.record(latency)
    untilUpdate -= 1
    guard untilUpdate <= 0 else { return }
    untilUpdate = Self.updateInterval
    delay = latencies.percentile(settings.percentile)
      .map { min(max($0, settings.minimumDelay), settings.maximumDelay) }
  }

  /// Whether and when to hedge a call that starts now. Charge the retry budget when the hedge is sent.
  public func plan(isIdempotent: Bool, deadline: Deadline, at now: ContinuousClock.Instant) -> Plan {
    guard isIdempotent else { return .wait(.notIdempotent) }
    guard let delay else { return .wait(.tooFewSamples) }
    guard !deadline.hasPassed(at: now + delay) else { return .wait(.deadline) }
    return .hedge(after: delay)
  }
}
