internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterThreading
internal import MusterThrift

/// Carries calls to instances from any number of tasks, on one thread and over connections that are kept.
final class ThriftTransport: Sendable {
  private struct State: Sendable {
    var lastID: UInt64 = 0
    var isClosed = false
  }

  private let state = Locked(State())
  private let orders = LoopInbox<ClientLoop.Order>()
  private let thread: EventLoopThread

  init(_ settings: ThriftClientSettings) throws(ThriftClientError) {
    let orders = orders
    do {
      thread = try EventLoopThread(name: "thrift") { loop throws(EventLoopError) in
        let client = ClientLoop(loop, settings)
        try orders.open(on: loop) { client.take($0) }
      }
    } catch {
      throw ThriftClientError(.notConnected, error.message)
    }
  }

  deinit { close() }

  /// A number for a call, which no other one of this client has had.
  func nextID() -> UInt64 {
    state.withLock {
      $0.lastID &+= 1
      return $0.lastID
    }
  }

  /// Sends a call and waits for what answers it, or until a oneway one has left.
  func carry(
    _ id: UInt64, _ method: ThriftMethod, _ bytes: [UInt8], sequenceID: Int32, to endpoint: Endpoint, timeout: Duration
  ) async throws -> ThriftReceivedMessage? {
    let answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start(
          OutgoingCall(
            id: id, endpoint: endpoint, method: method.name, sequenceID: sequenceID, isOneway: method.isOneway,
            bytes: bytes, timeout: timeout
          ) { continuation.resume(returning: $0) })
        // One that was cancelled before it was started was not there to be ended.
        if Task.isCancelled { orders.push(.cancel(id)) }
      }
    } onCancel: {
      orders.push(.cancel(id))
    }
    switch answer {
    case .message(let message): return message
    case .sent: return nil
    case .failed(let error): throw error
    case .cancelled: throw CancellationError()
    }
  }

  private func start(_ call: OutgoingCall) {
    let isTaken = state.withLock { state in
      if !state.isClosed { orders.push(.start(call)) }
      return !state.isClosed
    }
    if !isTaken { call.done(.failed(ThriftClientError(.closed, "the client has been closed"))) }
  }

  func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return }
    let ended = Mailbox<Void>(capacity: 1)
    orders.push(.close { ended.push(()) })
    _ = ended.takeAll(upTo: 1, until: nil)
    thread.stop()
  }
}
