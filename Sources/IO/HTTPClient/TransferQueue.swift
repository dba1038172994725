internal import MusterEventPoll
internal import MusterThreading

/// What tasks want of the thread that carries out transfers.
final class TransferQueue: Sendable {
  struct Job: Sendable {
    let id: UInt64
    let request: HTTPClientRequest
    /// To be called once.
    let finish: @Sendable (Result<HTTPClientResponse, HTTPClientError>) -> Void
  }

  /// What is to be done next.
  struct Work: Sendable {
    var jobs: [Job] = []
    var cancelled: [UInt64] = []
    var isClosed = false
  }

  fileprivate struct State: Sendable {
    var work = Work()
    var lastID: UInt64 = 0
    /// Wakes the thread; nil before it is there and after it has gone.
    var waker: PollWaker?
    /// Whether it has been woken since it last took work.
    var isAwake = false
  }

  private let state = Locked(State())

  func nextID() -> UInt64 {
    state.withLock { state in
      state.lastID &+= 1
      return state.lastID
    }
  }

  func add(_ job: Job) {
    let isClosed = state.withLock { state in
      if !state.work.isClosed { state.work.jobs.append(job) }
      state.wake()
      return state.work.isClosed
    }
    if isClosed { job.finish(.failure(HTTPClientError(.cancelled, "the transport is closed"))) }
  }

  func cancel(_ id: UInt64) {
    state.withLock { state in
      state.work.cancelled.append(id)
      state.wake()
    }
  }

  func close() {
    state.withLock { state in
      state.work.isClosed = true
      state.wake()
    }
  }

  /// From now on this wakes the thread; nil: nothing, since it is about to go.
  func attach(_ waker: PollWaker?) { state.withLock { $0.waker = waker } }

  /// All that has been asked for since the last time.
  func take() -> Work {
    state.withLock { state in
      defer {
        state.work = Work(isClosed: state.work.isClosed)
        state.isAwake = false
      }
      return state.work
    }
  }
}

extension TransferQueue.State {
  fileprivate mutating func wake() {
    guard let waker, !isAwake else { return }
    isAwake = true
    waker.wake()
  }
}
