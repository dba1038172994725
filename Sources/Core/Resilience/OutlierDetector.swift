/// Finds the instances of one service that do worse than the others, and takes them out for a while.
///
/// Failures in a row eject at once; success rates are compared at each sweep. At most a share of the instances is out at
/// any time, so that a fault that hits all of them does not leave none.
public struct OutlierDetector: Sendable {
  private enum Standing: Sendable {
    case taking
    case ejected(until: Moment)
  }

  private struct Record: Sendable {
    var standing = Standing.taking
    var consecutiveFailures = 0
    /// Calls and failures since the last sweep.
    var calls = 0
    var failures = 0
    /// How often it was ejected, less one for each sweep that found it taking calls.
    var ejections = 0
  }

  private let settings: Settings
  private var places = InstancePlaces([])
  /// In the order of the places.
  private var records: [Record] = []
  private var ejectedCount = 0
  private var nextSweep: Moment

  /// A detector that knows no instance yet.
  ///
  /// - Throws: ``ResilienceError`` for settings out of range.
  public init(_ settings: Settings = Settings(), at now: ContinuousClock.Instant) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
    nextSweep = Moment(now) + settings.interval
  }

  /// The ids of the instances that are out.
  public var ejected: [String] {
    zip(places.ids, records).compactMap { id, record in if case .ejected = record.standing { id } else { nil } }
  }

  /// Tells which instances there are. Others are forgotten, with their ejections.
  public mutating func update(_ ids: some Sequence<String>) {
    let new = InstancePlaces(ids)
    records = new.ids.enumerated().map { place, id in
      places.place(of: id, near: place).map { records[$0] } ?? Record()
    }
    places = new
    ejectedCount = records.count { if case .ejected = $0.standing { true } else { false } }
  }

  /// Takes note of how a call ended; an id that is not known, or ejected, counts for nothing.
  ///
  /// - Returns: what is to be done at once; nil if nothing is.
  public mutating func report(_ outcome: CallOutcome, from id: String, at now: ContinuousClock.Instant) -> Decision? {
    report(outcome, from: id, near: 0, at: now)
  }

  /// The same for whoever knows where in the list the instance probably is, which is quicker.
  package mutating func report(
    _ outcome: CallOutcome, from id: String, near hint: Int, at now: ContinuousClock.Instant
  ) -> Decision? {
    guard let isFailure = outcome.isFailure, let index = places.place(of: id, near: hint) else { return nil }
    guard case .taking = records[index].standing else { return nil }
    records[index].calls += 1
    guard isFailure else {
      records[index].consecutiveFailures = 0
      return nil
    }
    records[index].failures += 1
    records[index].consecutiveFailures += 1
    let count = records[index].consecutiveFailures
    guard let limit = settings.consecutiveFailures, count >= limit, count.isMultiple(of: limit) else { return nil }
    return eject(index, because: .consecutiveFailures(count), at: Moment(now))
  }

  /// Lets instances back in whose time is over and, once per interval, judges success rates.
  ///
  /// - Returns: what is to be done, in the order in which it was decided.
  public mutating func sweep(at now: ContinuousClock.Instant) -> [Decision] {
    let now = Moment(now)
    let isDue = now >= nextSweep
    // Before the return of instances: one that has just come back has not proved itself yet.
    if isDue { forgiveEjections() }
    var decisions = admitDue(at: now)
    guard isDue else { return decisions }
    nextSweep = now + settings.interval
    decisions += judgeRates(at: now)
    for index in records.indices {
      records[index].calls = 0
      records[index].failures = 0
    }
    return decisions
  }

  private mutating func forgiveEjections() {
    for index in records.indices {
      guard case .taking = records[index].standing else { continue }
      records[index].ejections = max(records[index].ejections - 1, 0)
    }
  }

  private mutating func admitDue(at now: Moment) -> [Decision] {
    guard ejectedCount > 0 else { return [] }
    var decisions: [Decision] = []
    for index in records.indices {
      guard case .ejected(let until) = records[index].standing, now >= until else { continue }
      records[index].standing = .taking
      records[index].consecutiveFailures = 0
      ejectedCount -= 1
      decisions.append(.admit(places.ids[index]))
    }
    return decisions
  }

  private mutating func judgeRates(at now: Moment) -> [Decision] {
    guard let deviations = settings.deviations else { return [] }
    let judged = records.indices.compactMap { index -> (index: Int, rate: Double)? in
      let record = records[index]
      guard case .taking = record.standing, record.calls >= settings.minimumCalls else { return nil }
      return (index, 1 - Double(record.failures) / Double(record.calls))
    }
    guard judged.count >= settings.minimumInstances else { return [] }
    let count = Double(judged.count)
    let mean = judged.reduce(0) { $0 + $1.rate } / count
    let variance = judged.reduce(0) { $0 + ($1.rate - mean) * ($1.rate - mean) } / count
    let least = mean - deviations * variance.squareRoot()
    // A rounding error of the mean is no outlier. The worst go first, since not all may be ejected.
    return judged.filter { $0.rate < least - 1e-9 }
      .sorted { ($0.rate, places.ids[$0.index]) < ($1.rate, places.ids[$1.index]) }
      .map { eject($0.index, because: .successRate($0.rate, least: least), at: now) }
  }

  private mutating func eject(_ index: Int, because reason: Reason, at now: Moment) -> Decision {
    let id = places.ids[index]
    let allowed = max(Int(settings.maximumShare * Double(records.count)), 1)
    guard ejectedCount < allowed else {
      return .spare(id, because: reason, ejected: ejectedCount, total: records.count)
    }
    let ejections = records[index].ejections + 1
    let time = min(settings.baseTime * ejections, settings.maximumTime)
    records[index].ejections = ejections
    records[index].standing = .ejected(until: now + time)
    records[index].consecutiveFailures = 0
    ejectedCount += 1
    return .eject(id, because: reason, for: time)
  }
}
