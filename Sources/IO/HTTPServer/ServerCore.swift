internal import CMicroHTTPD
internal import MusterThreading
internal import Synchronization

/// What all threads of a server share.
final class ServerCore: Sendable {
  static let stoppingResponse = HTTPResponse(
    status: 503, headers: [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")],
    body: Array("the server is stopping\n".utf8))

  let handler: any HTTPHandler
  let limits: HTTPServerConfiguration.Limits
  let tethers: TetherTable
  let watcher: HangUpWatcher
  let log: LogLimiter
  let connections = Atomic<Int>(0)
  let clients: ClientCounts

  private let running = Atomic<Int>(0)
  private let isStopping = Atomic<Bool>(false)
  /// Gets an element when no request runs any more, once the server is stopping.
  private let idle = Mailbox<Bool>(capacity: 1)

  let bodyTooLarge: HTTPResponse
  let targetTooLong: HTTPResponse

  init(
    handler: any HTTPHandler, limits: HTTPServerConfiguration.Limits, log: @escaping @Sendable (String) -> Void
  ) throws(HTTPServerError) {
    self.handler = handler
    self.limits = limits
    clients = ClientCounts(most: limits.maxConnectionsPerClient)
    let log = LogLimiter(log)
    self.log = log
    let tethers = TetherTable()
    self.tethers = tethers
    watcher = try HangUpWatcher {
      tethers.find($0)?.hangUp()
    } log: {
      log.write($0)
    }
    bodyTooLarge = HTTPResponse(
      status: 413, text: "the request's body is longer than the \(limits.maxBodyBytes) bytes that are allowed")
    targetTooLong = HTTPResponse(
      status: 414, text: "the request's target is longer than the \(limits.maxTargetBytes) bytes that are allowed")
  }

  /// Whether new requests are answered with 503.
  var stopping: Bool { isStopping.load(ordering: .relaxed) }

  /// Whether a client may open one more connection, which is counted then.
  func admits(_ client: ClientAddress) -> Bool {
    guard !stopping else { return false }
    guard clients.enter(client) else {
      log.write(
        "\(client.text) has \(limits.maxConnectionsPerClient) connections, the most for one client: another is closed")
      return false
    }
    return true
  }

  /// Counts a request that begins, unless it will be refused because the server is stopping.
  ///
  /// - Returns: whether it is counted.
  func requestBegan() -> Bool {
    guard !isStopping.load(ordering: .sequentiallyConsistent) else { return false }
    running.add(1, ordering: .sequentiallyConsistent)
    return true
  }

  /// A counted request has ended.
  func requestEnded() {
    let left = running.subtract(1, ordering: .sequentiallyConsistent).newValue
    if left == 0, isStopping.load(ordering: .sequentiallyConsistent) { idle.push(true) }
  }

  /// Answers what is parked and waits until nothing runs, at most until the deadline.
  func drain(until deadline: ContinuousClock.Instant) {
    isStopping.store(true, ordering: .sequentiallyConsistent)
    for occupant in tethers.close() { occupant.serverStops() }
    while running.load(ordering: .sequentiallyConsistent) > 0 {
      guard !idle.takeAll(upTo: 1, until: deadline).isEmpty else { return }
    }
  }
}
