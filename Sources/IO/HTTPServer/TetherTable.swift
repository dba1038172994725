internal import MusterThreading
internal import Synchronization

/// The tethers of all open connections.
final class TetherTable: Sendable {
  private struct State {
    var tethers: [UInt64: Tether] = [:]
    var lastToken: UInt64 = 0
  }

  private let state = Locked(State())
  private let closed = Atomic<Bool>(false)

  /// Whether connections can't be held any more.
  var isClosed: Bool { closed.load(ordering: .sequentiallyConsistent) }

  /// A tether for a new connection.
  func add(_ connection: ConnectionHandle, of worker: Worker) -> Tether {
    state.withLock { state in
      state.lastToken += 1
      let tether = Tether(connection, of: worker, token: state.lastToken)
      state.tethers[state.lastToken] = tether
      return tether
    }
  }

  /// The connection is closed.
  func remove(_ tether: Tether) {
    _ = state.withLock { $0.tethers.removeValue(forKey: tether.token) }
  }

  func find(_ token: UInt64) -> Tether? {
    state.withLock { $0.tethers[token] }
  }

  /// Those of a worker.
  func all(of worker: Worker) -> [Tether] {
    state.withLock { $0.tethers.values.filter { $0.worker === worker } }
  }

  /// Lets nobody hold a connection from now on, and gives those who do.
  func close() -> [any Occupant] {
    closed.store(true, ordering: .sequentiallyConsistent)
    return state.withLock { Array($0.tethers.values) }.compactMap(\.occupant)
  }
}
