internal import MusterThreading
internal import Synchronization

/// Whoever holds a connection: a request that waits for its answer, or a stream.
protocol Occupant: AnyObject, Sendable {
  /// The client is gone; called once, on a thread of the server.
  func clientHungUp()
  /// The server stops: whatever has to be said to the client is to be said now.
  func serverStops()
}

/// What other threads may touch of a connection: who holds it, and the watch for its client's hang-up.
///
/// The watch stays with the socket from one request to the next, so that a client that waits again and again costs no
/// system calls for it.
final class Tether: Sendable {
  private enum Watch {
    case none
    case armed
    /// It has reported, and must be armed again to do so once more.
    case fired
  }

  private struct State {
    var occupant: (any Occupant)?
    var wantsHangUp = false
    var watch = Watch.none
  }

  let connection: ConnectionHandle
  let worker: Worker
  /// Names it in the server's table.
  let token: UInt64
  /// How much has come of the body that is being read; -1 while none is. Only changed on the connection's thread.
  let received = Atomic(-1)
  private let state = Locked(State())

  init(_ connection: ConnectionHandle, of worker: Worker, token: UInt64) {
    self.connection = connection
    self.worker = worker
    self.token = token
  }

  private var core: ServerCore { worker.core }

  /// Takes the connection for `occupant`, until `letGo`; false once the server stops.
  func hold(_ occupant: any Occupant) -> Bool {
    state.withLock { state in
      state.occupant = occupant
      // In this order, since a server that stops first says so and then looks at the occupants.
      return !core.tethers.isClosed
    }
  }

  /// From now on until `letGo` the occupant is told if the client hangs up.
  ///
  /// If the system refuses the hang-up is noticed only when something is sent.
  func watch(for occupant: any Occupant) {
    state.withLock { state in
      state.occupant = occupant
      state.wantsHangUp = true
      switch state.watch {
      case .none: if core.watcher.add(socket: connection.socket, token: token) { state.watch = .armed }
      case .fired: if core.watcher.rearm(socket: connection.socket, token: token) { state.watch = .armed }
      case .armed: break
      }
    }
  }

  /// Nobody holds the connection any more.
  func letGo() {
    // What is let go of must not end under the lock.
    let earlier = state.withLock { state in
      state.wantsHangUp = false
      return state.occupant.take()
    }
    withExtendedLifetime(earlier) {}
  }

  /// Has the suspended connection go on, soon and on its own thread.
  func resume() { worker.resume(connection) }

  /// Whoever holds it now.
  var occupant: (any Occupant)? { state.withLock { $0.occupant } }

  /// The client is gone.
  func hangUp() {
    let occupant = state.withLock { state in
      state.watch = .fired
      defer { state.wantsHangUp = false }
      return state.wantsHangUp ? state.occupant : nil
    }
    occupant?.clientHungUp()
  }
}
