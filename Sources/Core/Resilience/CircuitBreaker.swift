/// Keeps calls away from one instance while it fails, and finds out now and then whether it is well again.
///
/// Ask ``admit(at:)`` before each call, and report each admitted call once with ``report(_:_:at:using:)``.
public struct CircuitBreaker: Sendable {
  /// The state with times of a size that the compiler knows.
  private enum Phase: Sendable {
    case closed(consecutiveFailures: Int)
    case open(until: Moment, times: Int)
    case halfOpen(running: Int, succeeded: Int, until: Moment, times: Int)
  }

  /// The state as of the last call of a method.
  public var state: State {
    switch phase {
    case .closed(let failures): .closed(consecutiveFailures: failures)
    case .open(let until, let times): .open(until: until.instant, times: times)
    case .halfOpen(let running, let succeeded, let until, let times):
      .halfOpen(running: running, succeeded: succeeded, until: until.instant, times: times)
    }
  }

  private var phase = Phase.closed(consecutiveFailures: 0)

  private let settings: Settings
  /// Outcomes while closed: first all, then the failures.
  private var counts: SlidingCounts
  /// Grows with each change of state.
  private var epoch: UInt32 = 0

  /// A closed breaker.
  ///
  /// - Throws: ``ResilienceError`` for settings out of range.
  public init(_ settings: Settings = Settings(), at now: ContinuousClock.Instant) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
    counts = SlidingCounts(window: settings.window, at: now)
  }

  /// Whether a call may go to the instance now.
  public mutating func admit(at now: ContinuousClock.Instant) -> Admission {
    if let pass = pass(at: now) { return .admitted(pass) }
    return switch phase {
    // All are admitted while it is closed.
    case .closed: .refused(until: now)
    case .open(let until, _), .halfOpen(_, _, let until, _): .refused(until: until.instant)
    }
  }

  /// The pass of a call that may go to the instance now; nil: none does.
  package mutating func pass(at now: ContinuousClock.Instant) -> Pass? {
    switch phase {
    case .closed: return Pass(epoch: epoch, isProbe: false)
    case .open(let until, let times):
      let now = Moment(now)
      return now >= until ? passOfFirstProbe(times: times, at: now) : nil
    case .halfOpen(let running, let succeeded, let until, let times):
      let now = Moment(now)
      if now >= until { return passOfFirstProbe(times: times, at: now) }
      guard running + succeeded < settings.probes else { return nil }
      phase = .halfOpen(running: running + 1, succeeded: succeeded, until: until, times: times)
      return Pass(epoch: epoch, isProbe: true)
    }
  }

  /// Lets a call through whatever the state, for callers that have nobody else to call. It counts as a probe: a success can close
  /// the breaker before its time, and a failure keeps it open no longer than it would have been.
  public mutating func admitAnyway(at now: ContinuousClock.Instant) -> Pass {
    switch phase {
    case .open(let until, let times) where Moment(now) < until:
      return passOfFirstProbe(times: times - 1, at: Moment(now))
    case .halfOpen(let running, let succeeded, let until, let times) where Moment(now) < until:
      phase = .halfOpen(running: running + 1, succeeded: succeeded, until: until, times: times)
    default: if let pass = pass(at: now) { return pass }
    }
    return Pass(epoch: epoch, isProbe: true)
  }

  /// Whether ``admit(at:)`` would let a call through, without taking a probe's place.
  public func wouldAdmit(at now: ContinuousClock.Instant) -> Bool {
    switch phase {
    case .closed: true
    case .open(let until, _): Moment(now) >= until
    case .halfOpen(let running, let succeeded, let until, _):
      Moment(now) >= until || running + succeeded < settings.probes
    }
  }

  /// Takes note of how an admitted call ended. What was admitted before the last change of state counts for nothing.
  ///
  /// - Returns: what changed; nil if nothing did.
  public mutating func report(
    _ outcome: CallOutcome, _ pass: Pass, at now: ContinuousClock.Instant,
    using random: inout some RandomNumberGenerator
  ) -> Change? {
    guard pass.epoch == epoch else { return nil }
    switch phase {
    case .open: return nil
    case .closed(let consecutive):
      guard let isFailure = outcome.isFailure else { return nil }
      counts.add(first: 1, second: isFailure ? 1 : 0, at: now)
      phase = .closed(consecutiveFailures: isFailure ? consecutive + 1 : 0)
      guard isFailure, let reason = reasonToOpen(consecutive: consecutive + 1) else { return nil }
      return open(because: reason, times: 1, at: now, using: &random)
    case .halfOpen(let running, let succeeded, let until, let times):
      switch outcome.isFailure {
      case true?: return open(because: .probeFailed, times: times + 1, at: now, using: &random)
      case false? where succeeded + 1 >= settings.probes: return close()
      case false?:
        phase = .halfOpen(running: max(running - 1, 0), succeeded: succeeded + 1, until: until, times: times)
      case nil: phase = .halfOpen(running: max(running - 1, 0), succeeded: succeeded, until: until, times: times)
      }
      return nil
    }
  }

  private func reasonToOpen(consecutive: Int) -> Reason? {
    if let limit = settings.consecutiveFailures, consecutive >= limit { return .consecutiveFailures(consecutive) }
    let (samples, failures) = (counts.first, counts.second)
    guard samples >= settings.minimumSamples, Double(failures) >= settings.failureShare * Double(samples) else {
      return nil
    }
    return .failureShare(failures: failures, samples: samples)
  }

  private mutating func passOfFirstProbe(times: Int, at now: Moment) -> Pass {
    epoch &+= 1
    phase = .halfOpen(running: 1, succeeded: 0, until: now + settings.probeTimeout, times: times)
    return Pass(epoch: epoch, isProbe: true)
  }

  /// Half of the time is certain and half by chance, so that callers don't all come back at once.
  private mutating func open(
    because reason: Reason, times: Int, at now: ContinuousClock.Instant,
    using random: inout some RandomNumberGenerator
  ) -> Change {
    // 2³⁰ ms are more than the longest time, and far from an overflow of 1 day × 2³⁰.
    let longest = min(settings.openTime * (1 << min(times - 1, 30)), settings.maximumOpenTime)
    let time = longest * Double.random(in: 0.5...1, using: &random)
    epoch &+= 1
    phase = .open(until: Moment(now) + time, times: times)
    return .opened(reason, for: time)
  }

  private mutating func close() -> Change {
    epoch &+= 1
    counts.clear()
    phase = .closed(consecutiveFailures: 0)
    return .closed
  }
}
