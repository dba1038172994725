internal import MusterThreading

/// Lets one of several callers of the same key do the work, the others wait for what comes of it.
final class Flights: Sendable {
  /// What a caller is to do.
  enum Turn: Sendable {
    /// Do the work, then call ``Flights/land(_:_:)`` or ``Flights/passOn(_:)``. `hasLanded` tells whether any flight did
    /// since `landings` was read.
    case lead(hasLanded: Bool)
    /// Another caller did the work.
    case landed(Result<[UInt8], any Error>)
    /// The caller's task was cancelled while it waited.
    case cancelled
  }

  private struct Waiter: Sendable {
    let id: UInt64
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State: Sendable {
    var waiters: [String: [Waiter]] = [:]
    var landings: UInt64 = 0
    var nextID: UInt64 = 0
  }

  private let state = Locked(State())

  /// How many flights have landed.
  var landings: UInt64 { state.withLock { $0.landings } }

  /// How many callers wait for this key; nil if nobody does the work.
  func waiting(for key: String) -> Int? { state.withLock { $0.waiters[key]?.count } }

  /// Waits for the flight of this key, or starts one.
  func join(_ key: String, since landings: UInt64) async -> Turn {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let turn = begin(key, Waiter(id: id, continuation: continuation), since: landings)
        if let turn { continuation.resume(returning: turn) }
      }
    } onCancel: {
      remove(id, from: key)?.continuation.resume(returning: .cancelled)
    }
  }

  /// Hands the outcome to all who wait, and ends the flight.
  func land(_ key: String, _ outcome: Result<[UInt8], any Error>) {
    let waiters = state.withLock { state in
      state.landings += 1
      return state.waiters.removeValue(forKey: key)
    }
    for waiter in waiters ?? [] { waiter.continuation.resume(returning: .landed(outcome)) }
  }

  /// Leaves the work to one of those who wait, since the leader gave up.
  func passOn(_ key: String) {
    let heir: Waiter? = state.withLock { state in
      guard var waiters = state.waiters[key], !waiters.isEmpty else {
        state.waiters[key] = nil
        return nil
      }
      let first = waiters.removeFirst()
      state.waiters[key] = waiters
      return first
    }
    heir?.continuation.resume(returning: .lead(hasLanded: false))
  }

  /// The turn of a caller that need not wait. The task's state is read with the lock held: a cancellation after that
  /// finds the waiter in its place.
  private func begin(_ key: String, _ waiter: Waiter, since landings: UInt64) -> Turn? {
    state.withLock { state in
      if Task.isCancelled { return .cancelled }
      guard state.waiters[key] == nil else {
        state.waiters[key]?.append(waiter)
        return nil
      }
      state.waiters[key] = []
      return .lead(hasLanded: state.landings != landings)
    }
  }

  private func remove(_ id: UInt64, from key: String) -> Waiter? {
    state.withLock { state in
      guard let place = state.waiters[key]?.firstIndex(where: { $0.id == id }) else { return nil }
      return state.waiters[key]?.remove(at: place)
    }
  }
}
