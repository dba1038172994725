internal import MusterCalling
internal import MusterResilience

extension ThriftRelay {
  /// When a try that begins now is given up, by the loop's clock.
  func deadline(of steps: SteppedCall, at start: ContinuousClock.Instant) -> UInt64 {
    guard let time = timeout(of: steps, at: start) else { return .max }
    return now &+ time.wholeMilliseconds
  }

  /// The same for a call's first try.
  func firstDeadline(isIdempotent: Bool) -> UInt64 {
    let times = isIdempotent ? attemptTime : callTime
    return times == .max ? .max : now &+ times
  }

  /// A try that can be repeated is given up early enough for that; any other has all the time that there is.
  private func timeout(of steps: SteppedCall, at start: ContinuousClock.Instant) -> Duration? {
    guard steps.isIdempotent else { return steps.deadline.remaining(at: start) }
    return steps.deadline.timeout(ofAttempt: settings.calls.attemptTimeout, at: start)
  }

  /// How long a try may take, for people.
  func patience(isIdempotent: Bool) -> Duration {
    isIdempotent ? settings.calls.attemptTimeout : settings.calls.deadline ?? settings.calls.attemptTimeout
  }

  /// Something must happen to the millisecond, more or less.
  func needsPrecision() { clock?.hurry() }

  func tick() {
    let now = now
    for call in calls { call.tick(now) }
    for group in leaving { group.tick(now) }
    if now >= checkedAt &+ Self.checkInterval {
      checkedAt = now
      for client in clients { client.check(now) }
      let idleTime = settings.upstream.idleTime.wholeMilliseconds
      for group in groups.values where now > idleTime { group.closeIdle(unusedSince: now &- idleTime) }
    }
    clock?.pace(hasCalls: !calls.isEmpty, isHurried: calls.contains { $0.isTimed })
  }

  private static let checkInterval: UInt64 = 500
}

extension ProxyCall {
  /// Whether something is to happen to it soon.
  var isTimed: Bool {
    switch state {
    case .pausing: true
    case .trying(_, _, let hedgeAt): hedgeAt != nil
    default: false
    }
  }
}
