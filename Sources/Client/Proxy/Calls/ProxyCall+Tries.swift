internal import MusterCalling
internal import MusterEventLoop
internal import MusterResilience

extension ProxyCall {
  /// Chooses another instance and sends the call there.
  private func again(_ steps: SteppedCall, at now: ContinuousClock.Instant) {
    let bytes = request
    do {
      start(try relay.caller.next(steps, at: now), bytes.span, until: relay.deadline(of: steps, at: now), at: now)
    } catch {
      fail(relay.explain(error))
    }
  }

  /// Sends the call to an instance.
  func start(_ attempt: SteppedCall.Try, _ bytes: Span<UInt8>, until: UInt64, at now: ContinuousClock.Instant) {
    let hedgeAt = relay.settings.calls.hedge == nil ? nil : hedgeTime(at: now)
    launch(attempt, bytes) { upstream in
      state = .trying(Attempt(attempt: attempt, upstream: upstream), until: until, hedgeAt: hedgeAt)
    }
  }

  /// Sends the call over a connection that is there, else over a new one. `note` is told each connection before it is used.
  func launch(_ attempt: SteppedCall.Try, _ bytes: Span<UInt8>, note: (Upstream) -> Void) {
    let group = relay.group(of: attempt)
    // Small calls are sent together with others, and what becomes of them shows later.
    if request.isEmpty, !head.isOneway, bytes.count <= Self.smallCall { request = relay.spare.copy(bytes) }
    while let upstream = group.takeIdle(head.dialect) {
      note(upstream)
      switch upstream.carry(self, bytes) {
      case .sent: return
      // It has ended since it was last used: nothing has been lost.
      case .nothingSent: continue
      case .broken(let reason): return tryEnded(on: upstream, .failed, reason)
      }
    }
    if request.isEmpty { request = [UInt8](copying: bytes) }
    let upstream = group.makeConnection(head.dialect, for: self)
    note(upstream)
    upstream.connect()
  }

  private static let smallCall = 4_096

  /// Nothing of it has left: the connection had ended since it was last used, which costs nothing.
  func notSent(on upstream: Upstream, _ reason: String) {
    guard case .trying(let only, let until, let hedgeAt) = state, only.upstream === upstream, !request.isEmpty else {
      return tryEnded(on: upstream, .notSent, reason)
    }
    let bytes = request
    launch(only.attempt, bytes.span) { next in
      state = .trying(Attempt(attempt: only.attempt, upstream: next), until: until, hedgeAt: hedgeAt)
    }
  }

  /// An instance has answered.
  func answered(by upstream: Upstream, _ bytes: Span<UInt8>, isException: Bool) {
    let now = ContinuousClock.now
    switch state {
    case .trying(let only, _, _) where only.upstream === upstream:
      settle(only, isException ? .refused : .success, at: now)
      relay.answered(after: (steps?.start ?? only.attempt.start).duration(to: now))
    case .hedging(let first, let second, _) where first.upstream === upstream || second.upstream === upstream:
      let isFirst = first.upstream === upstream
      settle(isFirst ? first : second, isException ? .refused : .success, at: now)
      let late = isFirst ? second : first
      settle(late, .cancelled, at: now)
      late.upstream.close()
      relay.answered(after: (steps?.start ?? first.attempt.start).duration(to: now))
    default: return
    }
    finish(bytes)
  }

  /// All of a call that nobody answers has left.
  func left(on upstream: Upstream) {
    guard case .trying(let only, _, _) = state, only.upstream === upstream else { return }
    let now = ContinuousClock.now
    settle(only, .success, at: now)
    relay.answered(after: (steps?.start ?? only.attempt.start).duration(to: now))
    end()
  }

  /// A try has failed.
  func tryEnded(on upstream: Upstream, _ outcome: CallOutcome, _ reason: String) {
    let now = ContinuousClock.now
    switch state {
    case .trying(let only, _, _) where only.upstream === upstream:
      settle(only, outcome, at: now)
      goOn(after: outcome, of: only, reason, at: now)
    case .hedging(let first, let second, let until) where first.upstream === upstream || second.upstream === upstream:
      let isFirst = first.upstream === upstream
      settle(isFirst ? first : second, outcome, at: now)
      state = .trying(isFirst ? second : first, until: until, hedgeAt: nil)
    default: break
    }
  }

  private func settle(_ attempt: Attempt, _ outcome: CallOutcome, at now: ContinuousClock.Instant) {
    relay.caller.finish(attempt.attempt, outcome, at: now)
    attempt.upstream.group.count(outcome)
  }

  private func goOn(
    after outcome: CallOutcome, of failed: Attempt, _ reason: String, at now: ContinuousClock.Instant
  ) {
    state = .choosing
    guard client != nil || head.isOneway else { return end() }
    let place = "\(failed.attempt.id) at \(failed.upstream.group.endpoint): \(reason)"
    let steps = stepped(after: failed.attempt.start)
    switch relay.caller.decide(steps, after: outcome, of: failed.attempt.id, at: now) {
    case .stop(let why): fail("\(place); not tried again, because \(why)")
    case .retry(let pause):
      relay.retried()
      guard pause > .zero else { return again(steps, at: now) }
      state = .pausing(until: relay.now &+ pause.wholeMilliseconds)
      relay.needsPrecision()
    }
  }

  private func stepped(after start: ContinuousClock.Instant) -> SteppedCall {
    let known = steps ?? relay.caller.steps(after: start, isIdempotent: isIdempotent)
    steps = known
    return known
  }

  private func hedgeTime(at now: ContinuousClock.Instant) -> UInt64? {
    guard let delay = relay.caller.hedgeDelay(stepped(after: now), at: now) else { return nil }
    relay.needsPrecision()
    return relay.now &+ delay.wholeMilliseconds
  }

  /// Does what the time has come for.
  func tick(_ now: UInt64) {
    switch state {
    case .pausing(let until) where now >= until:
      if let steps { again(steps, at: .now) }
    case .trying(let only, let until, let hedgeAt):
      if now >= until { return expire(only.upstream) }
      if let hedgeAt, now >= hedgeAt { hedge(only, until: until) }
    case .hedging(let first, let second, let until) where now >= until:
      expire(first.upstream)
      if !isDone { expire(second.upstream) }
    default: break
    }
  }

  private func expire(_ upstream: Upstream) {
    upstream.giveUp(.timedOut, "no answer within \(relay.patience(isIdempotent: isIdempotent))")
  }

  private func hedge(_ late: Attempt, until: UInt64) {
    state = .trying(late, until: until, hedgeAt: nil)
    let now = ContinuousClock.now
    let delay = late.attempt.start.duration(to: now)
    let steps = stepped(after: late.attempt.start)
    guard let attempt = relay.caller.hedge(steps, of: late.attempt, after: delay, at: now) else { return }
    relay.hedged()
    let bytes = request
    launch(attempt, bytes.span) { upstream in
      state = .hedging(late, Attempt(attempt: attempt, upstream: upstream), until: until)
    }
  }
}

extension Duration {
  /// Rounded up, so that nothing happens too early.
  var wholeMilliseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let rest = UInt64(attoseconds) / 1_000_000_000_000_000 + (attoseconds % 1_000_000_000_000_000 > 0 ? 1 : 0)
    return UInt64(min(seconds, 1 << 40)) * 1_000 + rest
  }
}
