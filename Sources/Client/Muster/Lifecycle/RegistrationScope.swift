internal import MusterDiscovery

/// Runs a body beside what keeps it registered, and ends both in the right order.
struct RegistrationScope: Sendable {
  private let registrar: Registrar
  private let signals: SignalSource
  private let isReady: (@Sendable () async -> Bool)?

  init(_ registrar: Registrar, _ signals: SignalSource, _ isReady: (@Sendable () async -> Bool)?) {
    self.registrar = registrar
    self.signals = signals
    self.isReady = isReady
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value? {
    try await withThrowingTaskGroup(of: ScopeState<Value>.Event.self) { group in
      let end = Bell()
      group.addTask { .bodyEnded(await Self.result(body)) }
      group.addTask { .keepingEnded(await Self.result { try await registrar.keep(when: isReady, until: end) }) }
      group.addTask { .signal(await Self.result { try await signals.next() }) }

      var state = ScopeState<Value>()
      while let event = try await group.next() {
        for action in state.take(event) {
          switch action {
          case .endKeeping: end.ring()
          case .cancelAll: group.cancelAll()
          case .tell(let signal): registrar.settings.onEvent(.signal(signal))
          case .drain:
            group.addTask {
              // Woken early only when the body has ended.
              try? await registrar.clock.sleep(for: registrar.settings.drainDelay)
              return .drained
            }
          }
        }
      }
      return try state.result()
    }
  }

  private static func result<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async -> Result<Value, any Error> {
    do {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
}
