internal import MusterThreading

/// Wakes one task. A ring that nobody waits for is kept for whoever waits next.
package final class Bell: Sendable {
  private enum State {
    case silent
    case rung
    case awaited(CheckedContinuation<Void, Never>)
  }

  private let state = Locked(State.silent)

  /// A bell that has not rung.
  package init() {}

  /// Wakes the task that waits, or the next one that does.
  package func ring() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard case .awaited(let waiting) = state else {
        state = .rung
        return nil
      }
      state = .silent
      return waiting
    }
    waiting?.resume()
  }

  /// Returns when it rings, or has, and when the task is cancelled; for one task at a time.
  package func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard case .silent = state, !Task.isCancelled else {
            state = .silent
            return true
          }
          state = .awaited(continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      ring()
    }
  }
}
