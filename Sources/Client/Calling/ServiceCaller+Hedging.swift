internal import MusterBalancing
internal import MusterDiscovery
internal import MusterResilience
internal import MusterThreading

extension ServiceCaller {
  /// Makes a try, and a second one on another instance when the answer is late; the first answer counts.
  func make<Response: Sendable>(
    _ trial: Trial, isIdempotent: Bool, deadline: Deadline, _ classify: @Sendable (any Error) -> CallOutcome,
    _ attempt: @escaping @Sendable (Attempt) async throws -> Response
  ) async throws -> Response {
    guard settings.hedge != nil, let delay = hedgeDelay(of: trial, isIdempotent: isIdempotent, deadline) else {
      return try await carryOut(trial, classify, attempt)
    }
    let isHedged = Locked(false)
    return try await withoutActuallyEscaping(classify) { classify in
      try await withThrowingTaskGroup(of: Response?.self) { group in
        group.addTask { try await self.carryOut(trial, classify, attempt) }
        group.addTask {
          try await self.sleep(for: delay)
          guard let hedge = self.hedge(of: trial, after: delay) else { return nil }
          isHedged.withLock { $0 = true }
          return try await self.carryOut(hedge, classify, attempt)
        }
        defer { group.cancelAll() }
        return try await Self.firstAnswer(of: &group) { isHedged.withLock { $0 } }
      }
    }
  }

  private func hedgeDelay(of trial: Trial, isIdempotent: Bool, _ deadline: Deadline) -> Duration? {
    state.withLock { $0.hedgeDelay(isIdempotent: isIdempotent, deadline: deadline, at: trial.start) }
  }

  /// The first answer; the last error when both fail.
  private static func firstAnswer<Response: Sendable>(
    of group: inout ThrowingTaskGroup<Response?, any Error>, isHedged: () -> Bool
  ) async throws -> Response {
    var failure: (any Error)?
    while let result = await group.nextResult() {
      switch result {
      case .success(let response?): return response
      // There was nobody to send the hedge to.
      case .success(nil): continue
      case .failure(let error):
        // A first try that fails before the hedge is sent is for the retries to see to.
        if !isHedged() { group.cancelAll() }
        failure = failure ?? error
      }
    }
    throw failure ?? CancellationError()
  }

  private func hedge(of trial: Trial, after delay: Duration) -> Trial? {
    let now = now
    let first = [trial.attempt.instance.id]
    guard let pick = balancer.pick(excluding: first, at: now) else {
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
    let attempt = Attempt(instance: pick.instance, number: trial.attempt.number, timeout: trial.attempt.timeout)
    return Trial(attempt: attempt, pick: pick, pass: pass, start: now)
  }
}
