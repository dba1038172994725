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
  ///   - classify: what an error of `attempt` means; errors of the calling program itself are `.final`.
  ///   - attempt: makes one try, within `Attempt.timeout`.
  /// - Returns: what the first try that succeeds returns.
  /// - Throws: `CallError` when no try could be made, `CancellationError`, else what the last try threw.
  public func call<Response: Sendable>(
    key: UInt64? = nil, isIdempotent: Bool, classify: @Sendable (any Error) -> CallFailure,
    _ attempt: @escaping @Sendable (Attempt) async throws -> Response
  ) async throws -> Response {
    let start = now
    if let underWay = state.withLock({ $0.begin(at: start) }) {
      observer(.limited(underWay: underWay))
      throw CallError(.limited, "\(service): \(underWay) calls are under way, as many as may be")
    }
    defer { state.withLock { $0.end() } }
    let deadline = settings.deadline.map { start.advanced(by: $0) }
    var failed: [String] = []
    var retries = 0
    while true {
      let trial = try choose(key, number: retries, avoiding: failed, deadline: deadline)
      do {
        return try await make(trial, isIdempotent: isIdempotent, classify, attempt)
      } catch {
        try Task.checkCancellation()
        failed.append(trial.attempt.instance.id)
        let pause = try pauseBeforeRetry(
          after: error, classify(error), isIdempotent: isIdempotent, retries: retries, deadline: deadline)
        if pause > .zero { try await sleep(for: pause) }
        retries += 1
      }
    }
  }

  /// An instance that was chosen, and its try.
  struct Trial: Sendable {
    let attempt: Attempt
    let pick: Pick
    let start: ContinuousClock.Instant
  }

  /// Chooses an instance whose breaker lets a call through: one that has not failed this call, if there is one.
  func choose(
    _ key: UInt64?, number: Int, avoiding failed: [String], deadline: ContinuousClock.Instant?
  ) throws(CallError) -> Trial {
    let now = now
    let timeout = deadline.map { min(now.duration(to: $0), settings.attemptTimeout) } ?? settings.attemptTimeout
    guard timeout > .zero else { throw CallError(.deadline, "\(service): the deadline has passed") }
    var refused: [String] = []
    // A second round, among all, when everybody else has failed or is refused.
    for avoided in failed.isEmpty ? [[]] : [failed, []] {
      while let pick = balancer.pick(key: key, excluding: avoided + refused, at: now) {
        let id = pick.instance.id
        if state.withLock({ $0.admits(id, at: now) }) {
          let attempt = Attempt(instance: pick.instance, number: number, timeout: timeout)
          return Trial(attempt: attempt, pick: pick, start: now)
        }
        pick.finish(.cancelled, at: now)
        refused.append(id)
      }
    }
    guard refused.isEmpty else {
      throw CallError(.noneAdmitted, "\(service): the breakers of all \(refused.count) instances are open")
    }
    throw CallError(.noInstances, "\(service): there are no instances")
  }

  /// Makes one try and learns from it.
  func carryOut<Response: Sendable>(
    _ trial: Trial, _ classify: @Sendable (any Error) -> CallFailure,
    _ attempt: @Sendable (Attempt) async throws -> Response
  ) async throws -> Response {
    do {
      let response = try await attempt(trial.attempt)
      learn(from: trial, success: true)
      return response
    } catch {
      // What any instance would have answered is no fault of this one.
      learn(from: trial, success: Task.isCancelled ? nil : classify(error) == .final)
      throw error
    }
  }

  private func learn(from trial: Trial, success: Bool?) {
    let now = now
    let id = trial.attempt.instance.id
    trial.pick.finish(success.map { $0 ? .success : .failure } ?? .cancelled, at: now)
    let latency = trial.start.duration(to: now)
    let consequences = state.withLock { $0.tried(id, success: success, latency: latency, at: now) }
    if let decision = consequences.outlier { carryOut(decision) }
    if let change = consequences.breaker { observer(.breaker(id: id, change)) }
  }

  private func pauseBeforeRetry(
    after error: any Error, _ failure: CallFailure, isIdempotent: Bool, retries: Int,
    deadline: ContinuousClock.Instant?
  ) throws -> Duration {
    let now = now
    let decision = state.withLock {
      $0.decide(after: failure, isIdempotent: isIdempotent, retries: retries, deadline: deadline, at: now)
    }
    switch decision {
    case .stop(let refusal):
      observer(.notRetried(refusal))
      throw error
    case .retry(let pause):
      observer(.retried(after: pause, failure: failure))
      return pause
    }
  }
}
