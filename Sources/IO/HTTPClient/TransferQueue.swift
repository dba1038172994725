internal import CCurl
internal import MusterThreading

/// What tasks want of the thread that carries out transfers.
@safe final class TransferQueue: Sendable {
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
    /// The multi handle to be woken; nil before it is there and after it has gone.
    var multi: MultiAddress?
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

  /// From now on this multi handle is woken; nil: none, since it is about to go.
  func attach(_ multi: MultiAddress?) { state.withLock { $0.multi = multi } }

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

/// Where a multi handle is. The one thing that other threads may do with it is to wake it, while it is attached.
@safe struct MultiAddress: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
}

extension TransferQueue.State {
  fileprivate mutating func wake() {
    guard let multi, !isAwake else { return }
    isAwake = true
    // It fails only for want of memory or a handle; the next poll then comes to its end by itself.
    _ = unsafe curl_multi_wakeup(multi.pointer)
  }
}
