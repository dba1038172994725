internal import MusterEventLoop
internal import MusterThreading
internal import MusterThrift

/// All connections of a server; belongs to the loop's thread.
final class ServerLoop {
  /// What other threads tell it.
  enum Order: Sendable {
    case answer(connection: UInt64, place: UInt64, [UInt8])
    case drain
    case stop
  }

  let settings: ThriftServerSettings
  let log: @Sendable (String) -> Void
  let idleTimeout: UInt64?
  let messageTimeout: UInt64
  private let loop: EventLoop
  private let calls: AsyncStream<ServerCall>.Continuation
  /// Ends when nothing is waited for any more.
  private let patience: AsyncStream<Never>.Continuation
  private var listener: TCPListener?
  private var connections: [UInt64: ServerConnection] = [:]
  private var lastNumber: UInt64 = 0
  private var running = 0
  private var isDraining = false
  private var hasEnded = false

  /// How long calls get to end once they are cancelled.
  private static let grace = Duration.seconds(1)

  init(
    _ loop: EventLoop, _ settings: ThriftServerSettings, _ calls: AsyncStream<ServerCall>.Continuation,
    _ patience: AsyncStream<Never>.Continuation, log: @escaping @Sendable (String) -> Void
  ) {
    self.loop = loop
    self.settings = settings
    self.calls = calls
    self.patience = patience
    self.log = log
    idleTimeout = settings.idleTimeout?.wholeMilliseconds
    messageTimeout = settings.messageTimeout.wholeMilliseconds
  }

  var now: UInt64 { loop.now }

  func listen(_ socket: consuming BoundSocket) throws(EventLoopError) {
    listener = try TCPListener(loop, socket) { [unowned self] in accept($0) }
    let interval = min(max(min(idleTimeout ?? .max, messageTimeout) / 4, 10), 1_000)
    LoopTimer(loop) { [unowned self] in
      for connection in Array(connections.values) { connection.check(at: now) }
    }.start(after: .milliseconds(interval), every: .milliseconds(interval))
  }

  private func accept(_ tcp: TCPConnection) {
    guard connections.count < settings.connectionLimit else {
      let peer = tcp.peer?.description ?? "an unknown address"
      log("the client at \(peer) was refused: \(settings.connectionLimit) connections are open, as many as may be")
      return tcp.close()
    }
    lastNumber &+= 1
    let connection = ServerConnection(lastNumber, tcp, of: self)
    connections[lastNumber] = connection
    tcp.start(connection)
  }

  /// Lets a call run, unless too many do.
  func begin(_ call: ServerCall) {
    running += 1
    guard running <= settings.callLimit else {
      let exception = ThriftApplicationException(
        .internalError, "\(settings.callLimit) calls are under way, as many as may be")
      return take(.answer(connection: call.connection, place: call.place, call.bytes(of: .exception(exception))))
    }
    calls.yield(call)
  }

  func take(_ order: Order) {
    switch order {
    case .answer(let connection, let place, let bytes):
      running -= 1
      connections[connection]?.answered(place, bytes)
    case .drain: drain()
    case .stop: stop()
    }
  }

  func remove(_ number: UInt64) {
    connections[number] = nil
    if isDraining, connections.isEmpty { finish() }
  }

  private func drain() {
    guard !isDraining else { return }
    isDraining = true
    listener?.close()
    for connection in Array(connections.values) { connection.end() }
    guard !connections.isEmpty else { return finish() }
    LoopTimer(loop) { [unowned self] in
      if !connections.isEmpty { log("\(running) calls had not ended after \(settings.drainTimeout)") }
      stop()
    }.start(after: settings.drainTimeout)
  }

  private func stop() {
    isDraining = true
    listener?.close()
    for connection in Array(connections.values) { connection.close() }
    finish()
  }

  /// Nobody waits for an answer any more: what runs is cancelled, and left alone if it does not care.
  private func finish() {
    guard !hasEnded else { return }
    hasEnded = true
    calls.finish()
    LoopTimer(loop) { [unowned self] in
      if running > 0 { log("\(running) calls go on although they were cancelled \(Self.grace) ago") }
      patience.finish()
    }.start(after: Self.grace)
  }
}

extension Duration {
  /// At least 1.
  fileprivate var wholeMilliseconds: UInt64 {
    let (seconds, attoseconds) = components
    let (thousands, isTooMuch) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000)
    return isTooMuch ? .max : max(1, thousands &+ UInt64(clamping: attoseconds / 1_000_000_000_000_000))
  }
}
