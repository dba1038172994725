internal import MusterThreading

/// A clock that stands still until it is moved: for tests of what goes by time.
package final class HandClock: Clock {
  package struct Instant: InstantProtocol {
    let time: Duration

    package func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
    package func duration(to other: Instant) -> Duration { other.time - time }
    package static func < (left: Instant, right: Instant) -> Bool { left.time < right.time }
  }

  private struct State {
    var now = Instant(time: .zero)
    var lastID: UInt64 = 0
    var sleepers: [UInt64: (until: Instant, continuation: CheckedContinuation<Bool, Never>)] = [:]
    var observers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    mutating func takeObservers() -> [CheckedContinuation<Void, Never>] {
      let ready = observers.filter { $0.count <= sleepers.count }
      observers.removeAll { $0.count <= sleepers.count }
      return ready.map(\.continuation)
    }
  }

  private let state = Locked(State())

  package init() {}

  package var now: Instant { state.withLock { $0.now } }
  package var minimumResolution: Duration { .nanoseconds(1) }

  package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let isOver = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (isOver, observers) = state.withLock { state -> (Bool?, [CheckedContinuation<Void, Never>]) in
          if Task.isCancelled { return (false, []) }
          if deadline <= state.now { return (true, []) }
          state.sleepers[id] = (deadline, continuation)
          return (nil, state.takeObservers())
        }
        if let isOver { continuation.resume(returning: isOver) }
        for observer in observers { observer.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(returning: false)
    }
    if !isOver { throw CancellationError() }
  }

  /// Lets time pass, and wakes whoever has waited for it.
  package func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      let now = state.now
      let due = state.sleepers.filter { $0.value.until <= now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.until < $1.until }.map(\.continuation)
    }
    for continuation in due { continuation.resume(returning: true) }
  }

  /// Returns when at least so many tasks wait for this clock.
  package func waitForSleepers(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.observers.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}
