internal import MusterThreading

/// Wakes the server's threads once for many answers that come together.
///
/// A wake-up for each answer lets the server's thread run in between on a busy processor: it sends one answer, sleeps
/// again, and both threads do little but change places. Instead one connection is resumed, and the server's thread
/// resumes the others when it gets to that one.
public final class HTTPWakeUps: Sendable {
  private struct State: Sendable {
    /// How many calls of `together` run.
    var depth = 0
    /// Suspended connections whose outcome is there.
    var waiting: [ConnectionHandle] = []
    var isClosed = false
  }

  private let state = Locked(State())

  /// Wake-ups for one server.
  public init() {}

  /// Runs `body`; the answers that are given meanwhile, by whichever thread, are sent when it has returned.
  public func together(_ body: () -> Void) {
    state.withLock { $0.depth += 1 }
    body()
    let first = state.withLock { state -> ConnectionHandle? in
      state.depth -= 1
      return state.depth == 0 ? state.waiting.popLast() : nil
    }
    first?.resume()
  }

  /// Resumes a connection, or has it wait for the others of its kind.
  func resume(_ connection: ConnectionHandle) {
    let isHeld = state.withLock { state in
      guard state.depth > 0, !state.isClosed else { return false }
      state.waiting.append(connection)
      return true
    }
    if !isHeld { connection.resume() }
  }

  /// Resumes all that wait. Called on a server's thread for every connection that was resumed, whether it goes on or
  /// ends, so that none is forgotten.
  func resumeOthers() {
    let others = state.withLock { state -> [ConnectionHandle] in
      guard !state.waiting.isEmpty else { return [] }
      defer { state.waiting = [] }
      return state.waiting
    }
    for connection in others { connection.resume() }
  }

  /// Has nothing wait any more: the library must not be stopped with connections suspended.
  func close() {
    state.withLock { $0.isClosed = true }
    resumeOthers()
  }
}
