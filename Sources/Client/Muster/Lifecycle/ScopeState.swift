/// In which order a scope with a registration ends: decides everything and does nothing.
struct ScopeState<Value: Sendable> {
  /// What has happened.
  enum Event: Sendable {
    case bodyEnded(Result<Value, any Error>)
    /// The keeping is over and the instance deregistered; says whether it may have been registered at all.
    case keepingEnded(Result<Bool, any Error>)
    /// A signal, or none any more.
    case signal(Result<LifecycleSettings.Signal?, any Error>)
    /// The drain delay is over.
    case drained
  }

  /// What is to be done.
  enum Action: Equatable {
    case tell(LifecycleSettings.Signal)
    /// Stop keeping the instance registered, which deregisters it.
    case endKeeping
    /// Wait for the drain delay.
    case drain
    /// Cancel whatever still runs.
    case cancelAll
  }

  private var body: Result<Value, any Error>?
  private var failure: (any Error)?
  private var signal: LifecycleSettings.Signal?
  private var isKeeping = true

  /// Takes what has happened and says what follows.
  mutating func take(_ event: Event) -> [Action] {
    switch event {
    case .bodyEnded(let result):
      body = result
      return isKeeping ? [.endKeeping] : [.cancelAll]
    case .keepingEnded(.failure(let error)), .signal(.failure(let error)):
      failure = failure ?? error
      return [.cancelAll]
    case .keepingEnded(.success(let wasRegistered)):
      isKeeping = false
      // Without a body's end or a signal the whole scope is cancelled, and the body's end follows.
      if body != nil { return [.cancelAll] }
      return signal == nil ? [] : [wasRegistered ? .drain : .cancelAll]
    case .signal(.success(let arrived)):
      guard let arrived, body == nil, isKeeping else { return [] }
      signal = arrived
      return [.tell(arrived), .endKeeping]
    case .drained: return [.cancelAll]
    }
  }

  /// What the scope gives in the end.
  func result() throws -> Value? {
    if let failure { throw failure }
    switch body {
    case .success(let value): return value
    case .failure(is CancellationError) where signal != nil: return nil
    case .failure(let error): throw error
    case nil: throw CancellationError()
    }
  }
}
