/// Finds the instances of a service that do worse than the others, and takes them out for a while.
///
/// Envoy's outlier detection: five failures in a row eject at once; each sweep ejects those whose share of successes is below
/// the mean less so many standard deviations. An ejection lasts the base time × how often the instance was ejected, and at
/// most a share of all instances is out at any time, but one always may be.
public struct OutlierDetector: Sendable {
  /// What an outlier is, and what becomes of it.
  public struct Settings: Sendable, Hashable {
    /// Failures in a row that eject. Default 5.
    public var consecutiveFailures: Int
    /// The time from one sweep to the next. Default 10 s.
    public var interval: Duration
    /// How long the first ejection lasts. Default 30 s.
    public var ejectionTime: Duration
    /// How long any lasts at the most. Default 300 s.
    public var longestEjectionTime: Duration
    /// The share of the instances that may be out, 0 … 1. Default 0.1.
    public var ejectedShare: Double
    /// Standard deviations below the mean. Default 1.9.
    public var deviations: Double
    /// A sweep compares nothing unless so many instances have enough calls. Default 5.
    public var leastInstances: Int
    /// Calls between two sweeps that are enough. Default 100.
    public var leastCalls: Int

    /// The defaults, where nothing else is said.
    public init(
      consecutiveFailures: Int = 5, interval: Duration = .seconds(10), ejectionTime: Duration = .seconds(30),
      longestEjectionTime: Duration = .seconds(300), ejectedShare: Double = 0.1, deviations: Double = 1.9,
      leastInstances: Int = 5, leastCalls: Int = 100
    ) {
      self.consecutiveFailures = consecutiveFailures
      self.interval = interval
      self.ejectionTime = ejectionTime
      self.longestEjectionTime = longestEjectionTime
      self.ejectedShare = ejectedShare
      self.deviations = deviations
      self.leastInstances = leastInstances
      self.leastCalls = leastCalls
    }

    /// - Throws: `ResilienceError` when a setting makes no sense.
    public func validate() throws(ResilienceError) {
      try ResilienceError.check("outliers.consecutiveFailures", consecutiveFailures, in: 1...1_000_000)
      try ResilienceError.check("outliers.interval", interval, in: .milliseconds(10)...Duration.seconds(3_600))
      try ResilienceError.check("outliers.ejectionTime", ejectionTime, in: .milliseconds(1)...Duration.seconds(86_400))
      try ResilienceError.check(
        "outliers.longestEjectionTime", longestEjectionTime, in: ejectionTime...Duration.seconds(86_400))
      try ResilienceError.check("outliers.ejectedShare", ejectedShare, in: 0...1)
      try ResilienceError.check("outliers.deviations", deviations, in: 0...100)
      try ResilienceError.check("outliers.leastInstances", leastInstances, in: 2...1_000_000)
      try ResilienceError.check("outliers.leastCalls", leastCalls, in: 1...1_000_000_000)
    }
  }

  /// What was decided about an instance.
  public enum Decision: Sendable, Hashable {
    /// It gets no more calls for a time.
    case eject(id: String, reason: String, for: Duration)
    /// It would have been ejected, but too many are out.
    case spare(id: String, reason: String)
    /// It gets calls again.
    case restore(id: String)
  }

  private struct Record: Sendable {
    var calls = 0
    var successes = 0
    var failuresInARow = 0
    /// How often it was ejected, less one for each sweep that it was in and well.
    var ejections = 0
    var ejectedUntil: ContinuousClock.Instant?
  }

  private let settings: Settings
  private var records: [String: Record] = [:]
  private var ejectedCount = 0

  /// One that knows no instances.
  ///
  /// - Throws: `ResilienceError` when a setting makes no sense.
  public init(_ settings: Settings = Settings()) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
  }

  /// The instances that there are now; what is known of others is forgotten.
  public mutating func update(_ ids: some Sequence<String>) {
    var kept: [String: Record] = [:]
    for id in ids { kept[id] = records[id] ?? Record() }
    records = kept
    ejectedCount = kept.values.count { $0.ejectedUntil != nil }
  }

  /// A call to an instance has ended; what follows at once. An id that is not known is passed over.
  public mutating func record(_ id: String, success: Bool, at now: ContinuousClock.Instant) -> Decision? {
    guard records[id] != nil else { return nil }
    let failures = Self.count(success, in: &records[id, default: Record()])
    guard failures >= settings.consecutiveFailures, records[id]?.ejectedUntil == nil else { return nil }
    records[id]?.failuresInARow = 0
    return eject(id, "\(failures) failures in a row", at: now)
  }

  /// To be called once in an interval: restores those whose time is up and ejects those that do worse than the others.
  public mutating func sweep(at now: ContinuousClock.Instant) -> [Decision] {
    var decisions = restoreDue(at: now)
    for (id, reason) in laggards() {
      if let decision = eject(id, reason, at: now) { decisions.append(decision) }
    }
    for id in records.keys {
      records[id]?.calls = 0
      records[id]?.successes = 0
    }
    return decisions
  }

  private static func count(_ success: Bool, in record: inout Record) -> Int {
    record.calls += 1
    if success { record.successes += 1 }
    record.failuresInARow = success ? 0 : record.failuresInARow + 1
    return record.failuresInARow
  }

  private mutating func restoreDue(at now: ContinuousClock.Instant) -> [Decision] {
    var restored: [Decision] = []
    for (id, record) in records.sorted(by: { $0.key < $1.key }) {
      if let end = record.ejectedUntil {
        guard now >= end else { continue }
        records[id]?.ejectedUntil = nil
        ejectedCount -= 1
        restored.append(.restore(id: id))
      } else if record.ejections > 0 {
        records[id]?.ejections -= 1
      }
    }
    return restored
  }

  private func laggards() -> [(id: String, reason: String)] {
    let candidates = records.filter { $0.value.ejectedUntil == nil && $0.value.calls >= settings.leastCalls }
    guard candidates.count >= settings.leastInstances else { return [] }
    let rates = candidates.mapValues { Double($0.successes) / Double($0.calls) }
    let mean = rates.values.reduce(0, +) / Double(rates.count)
    let variance = rates.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rates.count)
    let bound = mean - settings.deviations * variance.squareRoot()
    return rates.filter { $0.value < bound }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { id, rate in
      (id, "\(Self.percent(rate)) of its calls succeeded, below \(Self.percent(bound))")
    }
  }

  private mutating func eject(_ id: String, _ reason: String, at now: ContinuousClock.Instant) -> Decision? {
    let allowed = max(Int(settings.ejectedShare * Double(records.count)), 1)
    guard ejectedCount < allowed else { return .spare(id: id, reason: reason) }
    guard let ejections = records[id]?.ejections else { return nil }
    let time = min(settings.ejectionTime * Double(ejections + 1), settings.longestEjectionTime)
    records[id]?.ejections = min(ejections + 1, 1_000_000)
    records[id]?.ejectedUntil = now.advanced(by: time)
    ejectedCount += 1
    return .eject(id: id, reason: reason, for: time)
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((max(share, 0) * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
