internal import CCurl
internal import MusterThreading

/// Sends HTTP requests from any number of tasks, on one thread and over connections that are kept.
///
/// Nobody's thread waits: a task is resumed when its answer is complete. A request is sent once: one that is lost is an error,
/// also on a connection that was kept. Redirects are not followed, only `http` and `https` are spoken, and proxies of the
/// environment are not used.
public final class HTTPTransport: Sendable {
  private let queue = TransferQueue()
  private let thread: WorkerThread

  /// Starts the thread; it connects with the first request.
  ///
  /// - Parameter limits: what is taken from a server at most.
  /// - Throws: ``HTTPClientError/Code/unavailable`` when the HTTP library or a thread can't be had.
  public init(limits: HTTPClient.Limits = HTTPClient.Limits()) throws(HTTPClientError) {
    let set = try TransferSet(queue: queue, limits: limits)
    let handOver = Locked<TransferSet?>(set)
    do {
      thread = try WorkerThread(name: "http") { handOver.withLock { $0.take() }?.run() }
    } catch {
      throw HTTPClientError(.unavailable, error.message)
    }
  }

  deinit { close() }

  /// Sends a request and waits for the whole answer, whatever its status.
  ///
  /// - Parameters:
  ///   - method: the method, such as `GET`.
  ///   - url: an absolute URL, already percent-encoded; its path is sent as it is, `..` too.
  ///   - headers: headers to send, in this order.
  ///   - body: the body; empty for none.
  ///   - timeout: the longest time for all of it. Default: 30 s.
  ///   - connectTimeout: the longest time until the connection stands. Default: 5 s.
  /// - Returns: the answer.
  /// - Throws: ``HTTPClientError`` when there is no complete answer, `CancellationError` as soon as the task is cancelled.
  public func send(
    _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    timeout: Duration = .seconds(30), connectTimeout: Duration = .seconds(5)
  ) async throws -> HTTPClientResponse {
    let request = HTTPClientRequest(
      method: method, url: url, headers: headers, body: body, timeout: timeout, connectTimeout: connectTimeout)
    try request.validate()
    let id = queue.nextID()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.add(TransferQueue.Job(id: id, request: request) { continuation.resume(returning: $0) })
        // One that was cancelled before it was added was not there to be ended.
        if Task.isCancelled { queue.cancel(id) }
      }
    } onCancel: {
      queue.cancel(id)
    }
    if case .failure = result { try Task.checkCancellation() }
    return try result.get()
  }

  /// Ends what is under way with ``HTTPClientError/Code/cancelled``, and the thread. Later requests end so too.
  public func close() {
    queue.close()
    thread.join()
  }
}
