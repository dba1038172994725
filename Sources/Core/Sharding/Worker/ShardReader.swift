internal import MusterDiscovery
internal import MusterThreading

/// What one reader has not read yet: one change at most, and whether that is the last.
final class ShardReader: Sendable {
  private struct State {
    var change: ShardChange?
    var isEnded = false
  }

  private let state = Locked(State())
  private let bell = Bell()

  func add(_ change: ShardChange) {
    state.withLock { state in
      if state.change == nil { state.change = change } else { state.change?.join(change) }
    }
    bell.ring()
  }

  func end() {
    state.withLock { $0.isEnded = true }
    bell.ring()
  }

  /// The next change, which takes as long as it takes; nil at the end and when the task is cancelled.
  func next() async -> ShardChange? {
    while true {
      let (change, isEnded) = state.withLock { state in
        defer { state.change = nil }
        return (state.change, state.isEnded)
      }
      if change != nil || isEnded || Task.isCancelled { return change }
      await bell.wait()
    }
  }
}
