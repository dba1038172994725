internal import MusterThreading
internal import Synchronization

/// Lets calls wait until somebody has said which instances there are.
final class FirstWord: Sendable {
  private struct State {
    var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var lastNumber: UInt64 = 0
  }

  private let spoken = Atomic(false)
  private let state = Locked(State())

  /// Whether it has been said.
  var isSpoken: Bool { spoken.load(ordering: .acquiring) }

  /// It has been said.
  func speak() {
    guard !isSpoken else { return }
    let waiting = state.withLock { state in
      spoken.store(true, ordering: .releasing)
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume() }
  }

  /// Returns once it has been said, and when the task is cancelled.
  func wait() async {
    let number = state.withLock { state in
      state.lastNumber &+= 1
      return state.lastNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if isSpoken || Task.isCancelled { return true }
          state.waiting[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }
  }
}
