internal import MusterBalancing
internal import MusterDiscovery
internal import MusterResilience
internal import MusterThreading

extension ServiceCaller {
  /// An instance that was chosen, and its try.
  struct Trial: Sendable {
    let attempt: Attempt
    let pick: Pick
    let pass: CircuitBreaker.Pass?
    let start: ContinuousClock.Instant
  }

  /// Chooses an instance that takes calls and has not failed this one; else whoever is the least bad.
  func choose(
    _ key: UInt64?, number: Int, avoiding failed: [String], deadline: Deadline, at now: ContinuousClock.Instant
  ) throws(CallError) -> Trial {
    let timeout = deadline.timeout(ofAttempt: settings.attemptTimeout, at: now)
    guard timeout > .zero else {
      observer(.deadlinePassed(attempts: number))
      throw CallError(.deadline, "\(service): the deadline has passed")
    }
    let (pick, pass) = try choose(key, avoiding: failed, at: now)
    let attempt = Attempt(instance: pick.instance, number: number, timeout: timeout)
    return Trial(attempt: attempt, pick: pick, pass: pass, start: now)
  }

  typealias Admitted = (pick: Pick, pass: CircuitBreaker.Pass?)

  /// The same without a try.
  func choose(
    _ key: UInt64?, avoiding failed: [String], at now: ContinuousClock.Instant
  ) throws(CallError) -> Admitted {
    var refused: [String] = []
    let admitted =
      admitted(excluding: failed, &refused, at: now) { balancer.pick(key: key, excluding: $0, at: now) }
      ?? lastResort(excluding: failed, &refused, at: now)
    if let admitted { return admitted }
    guard refused.isEmpty else {
      throw CallError(.noneAdmitted, "\(service): the breakers of all \(refused.count) instances are open")
    }
    throw CallError(.noInstances, "\(service): there are no instances")
  }

  /// The first of those picked whose breaker lets a call through; `refused` gets the others.
  private func admitted(
    excluding failed: [String], _ refused: inout [String], at now: ContinuousClock.Instant, _ pick: ([String]) -> Pick?
  ) -> Admitted? {
    while let pick = pick(refused.isEmpty ? failed : failed + refused) {
      let (isAdmitted, pass) = state.withLock { $0.admit(pick, at: now) }
      if isAdmitted {
        if pass?.isProbe == true { observer(.breakerProbing(instance: pick.id)) }
        return (pick, pass)
      }
      pick.finish(.cancelled, at: now)
      refused.append(pick.id)
    }
    return nil
  }

  /// An ejected instance, else one whose breaker is open, else one that has failed this call: that it fails again is the likeliest.
  private func lastResort(
    excluding failed: [String], _ refused: inout [String], at now: ContinuousClock.Instant
  ) -> Admitted? {
    if !settings.failsFast {
      let ejected = admitted(excluding: failed, &refused, at: now) { balancer.pickRegardless(excluding: $0, at: now) }
      if let ejected {
        observer(.lastResort(instance: ejected.pick.id))
        return ejected
      }
      if let open = admittedAnyway(excluding: failed, at: now) { return open }
    }
    guard !failed.isEmpty else { return nil }
    let again = admitted(excluding: [], &refused, at: now) { balancer.pick(excluding: $0, at: now) }
    return again ?? (settings.failsFast ? nil : admittedAnyway(excluding: [], at: now))
  }

  private func admittedAnyway(excluding failed: [String], at now: ContinuousClock.Instant) -> Admitted? {
    guard let pick = balancer.pickRegardless(excluding: failed, at: now) else { return nil }
    observer(.lastResort(instance: pick.id))
    return (pick, state.withLock { $0.admitAnyway(pick, at: now) })
  }
}
