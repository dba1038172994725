internal import MusterBalancing
internal import MusterDiscovery
public import MusterResilience
internal import MusterThreading

extension ServiceCaller {
  /// Makes a call.
  ///
  /// - Parameters:
  ///   - key: what the call is about, for policies that send the same key to the same instance.
  ///   - isIdempotent: whether the call may be carried out twice.
  ///   - classify: what an error of `attempt` means; errors of the calling program itself are `.refused`.
  ///   - attempt: makes one try, within `Attempt.timeout`.
  /// - Returns: what the first try that succeeds returns.
  /// - Throws: `CallError` when no try could be made, `CancellationError`, else what the last try threw.
  public func call<Response: Sendable>(
    key: UInt64? = nil, isIdempotent: Bool, classify: @Sendable (any Error) -> CallOutcome,
    _ attempt: @escaping @Sendable (Attempt) async throws -> Response
  ) async throws -> Response {
    let start = now
    if let underWay = state.withLock({ $0.begin(at: start) }) {
      observer(.limited(running: underWay))
      throw CallError(.limited, "\(service): \(underWay) calls are under way, as many as may be")
    }
    defer { if settings.concurrencyLimit != nil { state.withLock { $0.end() } } }
    let deadline = settings.deadline.map { Deadline($0, after: start) } ?? .never
    let begin = firstWord.isSpoken ? start : try await waitForFirstWord()
    var failed: [String] = []
    var attempts = 0
    while true {
      let trial = try choose(
        key, number: attempts, avoiding: failed, deadline: deadline, at: attempts == 0 ? begin : now)
      do {
        return try await make(trial, isIdempotent: isIdempotent, deadline: deadline, classify, attempt)
      } catch {
        try Task.checkCancellation()
        failed.append(trial.attempt.instance.id)
        attempts += 1
        let pause = try pauseBeforeRetry(
          after: error, classify(error), of: trial.attempt, isIdempotent: isIdempotent, attempts: attempts,
          deadline: deadline)
        if pause > .zero { try await sleep(for: pause) }
      }
    }
  }

  /// Waits until it is known which instances there are, at most until the deadline; the time it is then.
  private func waitForFirstWord() async throws -> ContinuousClock.Instant {
    let patience = settings.deadline ?? settings.attemptTimeout
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await self.firstWord.wait() }
      group.addTask { try await self.sleep(for: patience) }
      defer { group.cancelAll() }
      try await group.next()
    }
    try Task.checkCancellation()
    guard firstWord.isSpoken else {
      throw CallError(
        .noInstances,
        "\(service): nobody has said within \(patience) which instances there are: is it followed in a registry?")
    }
    return now
  }

  /// Makes one try and learns from it.
  func carryOut<Response: Sendable>(
    _ trial: Trial, _ classify: @Sendable (any Error) -> CallOutcome,
    _ attempt: @Sendable (Attempt) async throws -> Response
  ) async throws -> Response {
    do {
      let response = try await attempt(trial.attempt)
      learn(from: trial, .success)
      return response
    } catch {
      learn(from: trial, Task.isCancelled ? .cancelled : classify(error))
      throw error
    }
  }

  private func learn(from trial: Trial, _ outcome: CallOutcome) {
    learn(trial.pick, trial.pass, since: trial.start, outcome, at: now)
  }

  /// What the end of a try says of its instance.
  func learn(
    _ pick: Pick, _ pass: CircuitBreaker.Pass?, since start: ContinuousClock.Instant, _ outcome: CallOutcome,
    at now: ContinuousClock.Instant
  ) {
    pick.finish(outcome.isFailure.map { $0 ? .failure : .success } ?? .cancelled, at: now)
    let latency = start.duration(to: now)
    let consequences = state.withLock { $0.tried(pick, outcome, pass, latency: latency, at: now) }
    if let decision = consequences.outlier { carryOut(decision) }
    if let change = consequences.breaker { report(change, of: pick.id) }
  }

  private func pauseBeforeRetry(
    after error: any Error, _ outcome: CallOutcome, of attempt: Attempt, isIdempotent: Bool, attempts: Int,
    deadline: Deadline
  ) throws -> Duration {
    let now = now
    let id = attempt.instance.id
    let decision = state.withLock {
      $0.decide(after: outcome, isIdempotent: isIdempotent, attempts: attempts, deadline: deadline, at: now)
    }
    switch decision {
    case .stop(let reason):
      observer(.notRetried(attempts: attempts, outcome: outcome, instance: id, because: reason))
      throw error
    case .retry(let pause):
      observer(.retried(attempt: attempts, outcome: outcome, instance: id, after: pause))
      // Certainly not sent, so that there is nobody to be spared: the next instance is tried at once.
      return outcome == .notSent ? .zero : pause
    }
  }
}
