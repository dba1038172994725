internal import MusterCatalog
internal import MusterProbing
internal import MusterTiming

/// What a check's results mean: so many in a row change its status, and one that changes too often is held.
///
/// It has no clock: each result comes with its time.
struct CheckJudge {
  /// What is to be known of the check.
  struct Judgement: Equatable {
    var status: HealthStatus
    var output: String
  }

  /// Whether the check is held critical because it changes too often.
  var isHeld: Bool { damper?.isHolding ?? false }

  private let definition: CheckDefinition
  private let outputInterval: Duration
  private var damper: FlapDamper?
  // Both start full, so that the first result of either kind applies at once.
  private var successes: Int
  private var failures: Int
  private var status: HealthStatus?
  private var shown: (judgement: Judgement, summary: String, time: ContinuousClock.Instant)?

  init(_ definition: CheckDefinition, settings: CheckSettings) {
    self.definition = definition
    outputInterval = settings.outputInterval
    damper = settings.damping.map { FlapDamper($0, interval: max(definition.interval, CheckSchedule.leastInterval)) }
    successes = definition.successBeforePassing
    failures = definition.failuresBeforeCritical
  }

  /// Takes a result.
  mutating func judge(_ reading: ProbeReading, at now: ContinuousClock.Instant) -> Judgement {
    guard let status = apply(reading) else {
      // Not enough of a kind in a row: all stays as it is, but a hold may be over.
      return shown.map { show($0.judgement.status, $0.judgement.output, $0.summary, at: now) }
        ?? Judgement(status: HealthStatus(reading.verdict), output: reading.output)
    }
    self.status = status
    if let note = damper?.take(isHealthy: status < .critical, at: now) {
      return show(.critical, note, note, at: now)
    }
    return show(status, reading.output, "\(status.rawValue) \(reading.summary)", at: now)
  }

  /// The status that so many results in a row come to; nil when they are not enough to say.
  private mutating func apply(_ reading: ProbeReading) -> HealthStatus? {
    if reading.verdict != .critical {
      failures = 0
      successes = min(successes + 1, definition.successBeforePassing + 1)
      return successes >= definition.successBeforePassing ? HealthStatus(reading.verdict) : nil
    }
    successes = 0
    failures = min(failures + 1, definition.failuresBeforeCritical + 1)
    if failures >= definition.failuresBeforeCritical { return .critical }
    let warning = definition.failuresBeforeWarning
    return warning > 0 && failures >= warning ? .warning : nil
  }

  /// What is shown: a target that says something else every time is not written every time.
  private mutating func show(
    _ status: HealthStatus, _ output: String, _ summary: String, at now: ContinuousClock.Instant
  ) -> Judgement {
    if let shown, shown.judgement.status == status, shown.summary == summary, now - shown.time < outputInterval {
      return shown.judgement
    }
    let judgement = Judgement(status: status, output: output)
    if shown?.judgement != judgement || shown?.summary != summary { shown = (judgement, summary, now) }
    return judgement
  }
}

extension HealthStatus {
  init(_ verdict: ProbeReading.Verdict) {
    switch verdict {
    case .passing: self = .passing
    case .warning: self = .warning
    case .critical: self = .critical
    }
  }
}
