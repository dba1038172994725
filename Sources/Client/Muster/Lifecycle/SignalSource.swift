internal import MusterProcess
internal import MusterThreading

/// The process's signals as something to wait for.
struct SignalSource: Sendable {
  /// The next of them; nil when the task is cancelled, and for ever where there are none.
  let next: @Sendable () async throws -> LifecycleSettings.Signal?

  /// Signals from elsewhere, for tests.
  init(_ next: @escaping @Sendable () async throws -> LifecycleSettings.Signal?) {
    self.next = next
  }

  /// Those of the process.
  init(_ signals: Set<LifecycleSettings.Signal>) {
    next = {
      let (stream, arrived) = AsyncStream.makeStream(of: LifecycleSettings.Signal.self)
      let trap =
        try signals.isEmpty
        ? nil
        : SignalTrap(signals.map(\.number)) { number in
          if let signal = signals.first(where: { $0.number == number }) { arrived.yield(signal) }
        }
      defer { withExtendedLifetime((trap, arrived)) {} }
      for await signal in stream { return signal }
      return nil
    }
  }
}

extension LifecycleSettings.Signal {
  /// The system's numbers, which are the same on all Linux systems.
  fileprivate var number: Int32 {
    switch self {
    case .interrupt: 2
    case .terminate: 15
    }
  }
}
