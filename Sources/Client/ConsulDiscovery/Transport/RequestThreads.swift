internal import MusterDiscovery
internal import MusterHTTPClient
internal import MusterThreading

/// Sends requests, each on a thread that waits for its answer; threads with their connections are used again.
final class RequestThreads: Sendable {
  private struct State {
    /// The one that was used last is last, and is the next to be used.
    var idle: [RequestThread] = []
    var count = 0
    var isClosed = false
  }

  /// More requests at once than this are refused.
  private static let most = 1_024
  /// Threads without work that are kept.
  private static let mostIdle = 4

  private let state = Locked(State())
  private let bodyBytes: Int

  init(bodyBytes: Int) {
    self.bodyBytes = bodyBytes
  }

  /// Sends a request.
  ///
  /// - Throws: `HTTPClientError`, `CancellationError`, and `.unavailable` when there are too many at once.
  func send(_ request: ThreadRequest) async throws -> HTTPClientResponse {
    let thread = try takeThread()
    let cancellation = HTTPCancellation()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        thread.perform(RequestThread.Job(request: request, cancellation: cancellation, continuation: continuation))
      }
    } onCancel: {
      cancellation.cancel()
    }
    putBack(thread)
    if Task.isCancelled { throw CancellationError() }
    return try result.get()
  }

  /// Ends the threads without work; the others end when they have done theirs.
  func close() {
    let idle = state.withLock { state in
      state.isClosed = true
      defer { state.idle = [] }
      return state.idle
    }
    for thread in idle { thread.end() }
  }

  private func takeThread() throws -> RequestThread {
    try Task.checkCancellation()
    let idle = try state.withLock { state throws(DiscoveryError) in
      if let thread = state.idle.popLast() { return Optional(thread) }
      guard state.count < Self.most else {
        throw DiscoveryError(.unavailable, "\(Self.most) requests are under way: there can't be more at once")
      }
      state.count += 1
      return nil
    }
    if let idle { return idle }
    do {
      return try RequestThread(bodyBytes: bodyBytes)
    } catch {
      state.withLock { $0.count -= 1 }
      throw DiscoveryError(.unavailable, "\(error)", cause: error)
    }
  }

  private func putBack(_ thread: RequestThread) {
    let isKept = state.withLock { state in
      guard !state.isClosed, state.idle.count < Self.mostIdle else {
        state.count -= 1
        return false
      }
      state.idle.append(thread)
      return true
    }
    if !isKept { thread.end() }
  }
}
