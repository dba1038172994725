package import MusterBalancing
package import MusterDiscovery
package import MusterResilience
internal import MusterThreading

/// A call that is driven by events, for whoever has an event loop and can't wait: the same decisions as those of
/// `ServiceCaller.call`, one at a time.
///
/// A class, as a try is: times have no size that a compiler knows, which would make whatever holds one slow.
package final class SteppedCall {
  /// One try, which must be reported with `ServiceCaller.finish` once it has ended.
  package final class Try {
    package let pick: Pick
    let pass: CircuitBreaker.Pass?
    package let start: ContinuousClock.Instant

    init(pick: Pick, pass: CircuitBreaker.Pass?, start: ContinuousClock.Instant) {
      self.pick = pick
      self.pass = pass
      self.start = start
    }

    /// The instance's id.
    package var id: String { pick.id }
    /// The instance to call.
    package var instance: Instance { pick.instance }
  }

  /// Whether it may be carried out twice.
  package let isIdempotent: Bool
  /// When the whole call must be answered.
  package let deadline: Deadline
  /// When it began.
  package let start: ContinuousClock.Instant
  let key: UInt64?
  /// Who has failed it.
  package private(set) var failed: [String] = []

  init(key: UInt64?, isIdempotent: Bool, deadline: Deadline, start: ContinuousClock.Instant) {
    self.start = start
    self.key = key
    self.isIdempotent = isIdempotent
    self.deadline = deadline
  }

  /// How many tries have ended.
  package var attempts: Int { failed.count }

  func addFailure(of id: String) { failed.append(id) }
}

extension ServiceCaller {
  /// Begins a call; `end` must follow.
  ///
  /// - Throws: `CallError` where as many calls are under way as may be.
  package func begin(at now: ContinuousClock.Instant) throws(CallError) {
    if let underWay = state.withLock({ $0.begin(at: now) }) {
      observer(.limited(running: underWay))
      throw CallError(.limited, "\(service): \(underWay) calls are under way, as many as may be")
    }
  }

  /// Whom to try first; most calls need no more than that.
  ///
  /// - Throws: `CallError` when there is nobody.
  package func first(key: UInt64? = nil, at now: ContinuousClock.Instant) throws(CallError) -> SteppedCall.Try {
    let (pick, pass) = try choose(key, avoiding: [], at: now)
    return SteppedCall.Try(pick: pick, pass: pass, start: now)
  }

  /// The call that began with a first try.
  package func steps(
    after start: ContinuousClock.Instant, key: UInt64? = nil, isIdempotent: Bool
  ) -> SteppedCall {
    let deadline = settings.deadline.map { Deadline($0, after: start) } ?? .never
    return SteppedCall(key: key, isIdempotent: isIdempotent, deadline: deadline, start: start)
  }

  /// The call has ended.
  package func end() {
    if settings.concurrencyLimit != nil { state.withLock { $0.end() } }
  }

  /// Whom to try next.
  ///
  /// - Throws: `CallError` when there is nobody, or no time.
  package func next(_ call: SteppedCall, at now: ContinuousClock.Instant) throws(CallError) -> SteppedCall.Try {
    guard !call.deadline.hasPassed(at: now) else {
      observer(.deadlinePassed(attempts: call.attempts))
      throw CallError(.deadline, "\(service): the deadline has passed")
    }
    let (pick, pass) = try choose(call.key, avoiding: call.failed, at: now)
    return SteppedCall.Try(pick: pick, pass: pass, start: now)
  }

  /// A try has ended: the instance's load, breaker and standing follow it.
  package func finish(_ attempt: SteppedCall.Try, _ outcome: CallOutcome, at now: ContinuousClock.Instant) {
    learn(attempt.pick, attempt.pass, since: attempt.start, outcome, at: now)
  }

  /// What follows for the call from the failure of a try that has been reported.
  package func decide(
    _ call: SteppedCall, after outcome: CallOutcome, of id: String, at now: ContinuousClock.Instant
  ) -> RetryPolicy.Decision {
    call.addFailure(of: id)
    let (isIdempotent, attempts, deadline) = (call.isIdempotent, call.attempts, call.deadline)
    let decision = state.withLock {
      $0.decide(after: outcome, isIdempotent: isIdempotent, attempts: attempts, deadline: deadline, at: now)
    }
    switch decision {
    case .stop(let reason):
      observer(.notRetried(attempts: attempts, outcome: outcome, instance: id, because: reason))
      return decision
    case .retry(let pause):
      // Certainly not sent, so that there is nobody to be spared: the next instance is tried at once.
      let pause = outcome == .notSent ? .zero : pause
      observer(.retried(attempt: attempts, outcome: outcome, instance: id, after: pause))
      return .retry(after: pause)
    }
  }

  /// How long to wait for the answer to a try before it is also sent to somebody else; nil: as long as it takes.
  package func hedgeDelay(_ call: SteppedCall, at now: ContinuousClock.Instant) -> Duration? {
    guard settings.hedge != nil else { return nil }
    return state.withLock { $0.hedgeDelay(isIdempotent: call.isIdempotent, deadline: call.deadline, at: now) }
  }

  /// Somebody else for a try that is late; nil when there is nobody, or too much has been tried twice.
  package func hedge(
    _ call: SteppedCall, of late: SteppedCall.Try, after delay: Duration, at now: ContinuousClock.Instant
  ) -> SteppedCall.Try? {
    let first = late.id
    guard let pick = balancer.pick(excluding: call.failed + [first], at: now) else {
      observer(.notHedged(because: .noOtherInstance))
      return nil
    }
    let (isAllowed, pass) = state.withLock { state -> (Bool, CircuitBreaker.Pass?) in
      guard state.allowsHedge(at: now) else { return (false, nil) }
      return state.admit(pick, at: now)
    }
    guard isAllowed else {
      pick.finish(.cancelled, at: now)
      observer(.notHedged(because: .budgetExhausted))
      return nil
    }
    observer(.hedged(instance: pick.id, after: delay))
    return SteppedCall.Try(pick: pick, pass: pass, start: now)
  }
}
