internal import MusterEventLoop
internal import MusterThrift

/// The connection of a client that calls over Thrift.
final class ThriftClientConnection: TCPHandler {
  private let relay: ThriftRelay
  private let connection: TCPConnection
  /// Where the client is, for the log.
  private let peer: SocketAddress?
  @LoopOwned private var cutter: MessageCutter
  @LoopOwned private var pending = ByteQueue()
  @LoopOwned private var order = ReplyOrder()
  /// Calls under way that nobody answers.
  private var oneway = 0
  private var isPaused = false
  /// Calls are being taken from what has arrived.
  private var isTaking = false
  /// The client sends nothing more, or is not to.
  private var isEnding = false
  /// When it last sent something or got an answer, and when the message began that is not complete.
  private var activeAt: UInt64
  private var messageSince: UInt64?
  /// How much of the answers waited for the client to fetch it, and since when it has been as much.
  private var unfetched: (count: Int, since: UInt64) = (0, 0)
  /// The place among the relay's connections.
  var index = 0

  init(_ relay: ThriftRelay, _ connection: TCPConnection) {
    self.relay = relay
    self.connection = connection
    var dialect: ThriftDialect?
    if case .dialect(let fixed) = relay.settings.carries { dialect = fixed }
    cutter = MessageCutter(dialect, messageSize: relay.settings.limits.messageSize)
    activeAt = relay.now
    peer = connection.peer
    connection.allowsHalfClose = true
  }

  /// Begins to read.
  func start() { connection.start(self) }

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    activeAt = relay.now
    guard pending.isEmpty else {
      pending.append(bytes)
      return work()
    }
    let used = take(bytes)
    if used < bytes.count, connection.isOpen { pending.append(bytes.extracting(used...)) }
    noteMessage()
  }

  /// Goes on with what has arrived.
  private func work() {
    // Out of its place, since dealing with it may end the connection, which empties the place.
    var bytes = ByteQueue()
    swap(&bytes, &pending)
    bytes.drop(bytes.withSpan { take($0) })
    if connection.isOpen { pending = bytes }
    noteMessage()
    closeIfDone()
  }

  private func noteMessage() {
    guard !pending.isEmpty, !isPaused else { return messageSince = nil }
    messageSince = messageSince ?? relay.now
  }

  /// Deals with all messages that are complete, unless too many are under way.
  ///
  /// - Returns: how many bytes these were.
  private func take(_ bytes: Span<UInt8>) -> Int {
    var used = 0
    isTaking = true
    defer { isTaking = false }
    do {
      while used < bytes.count, connection.isOpen, !isPaused {
        guard let message = try cutter.next(bytes.extracting(used...)) else { break }
        let start = used
        used += message.length
        messageSince = nil
        try begin(message, bytes.extracting(start..<used))
        pauseIfFull()
      }
    } catch {
      close(because: "\(error)")
    }
    return used
  }

  private func begin(_ message: CutMessage, _ bytes: Span<UInt8>) throws(ThriftError) {
    guard let dialect = cutter.dialect else { return }
    guard message.head.type == .call || message.head.type == .oneway else {
      throw ThriftError(
        .malformed, "a client sent a \(message.head.type) of '\(message.head.name)'; only calls are taken")
    }
    let head = CallHead(message: message.head, header: message.header, dialect: dialect)
    if head.isOneway { oneway += 1 }
    relay.begin(head, number: head.isOneway ? 0 : order.add(), from: self, bytes)
  }

  private var underWay: Int { order.count + oneway }

  private func pauseIfFull() {
    guard !isPaused, underWay >= relay.settings.limits.pipelinedCalls || connection.queuedCount > 0 else { return }
    isPaused = true
    connection.pause()
  }

  private func resumeIfFree() {
    guard isPaused, connection.isOpen, underWay <= relay.settings.limits.pipelinedCalls / 2,
      connection.queuedCount == 0
    else { return }
    isPaused = false
    if !isEnding { connection.resume() }
    if !pending.isEmpty { work() }
  }

  /// Sends the answer to a call when its turn has come.
  func deliver(_ number: UInt64, _ bytes: Span<UInt8>) {
    guard connection.isOpen else { return }
    activeAt = relay.now
    guard order.answer(number, bytes) else { return }
    connection.sendSoon(bytes)
    while let next = order.takeReady() { connection.sendSoon(next.span) }
    guard connection.isOpen else { return }
    pauseIfFull()
    resumeIfFree()
    closeIfDone()
  }

  /// A call that nobody answers has ended.
  func onewayEnded() {
    oneway -= 1
    resumeIfFree()
    closeIfDone()
  }

  func drained(_ connection: TCPConnection) {
    resumeIfFree()
    closeIfDone()
  }

  func finished(_ connection: TCPConnection) {
    isEnding = true
    if !isPaused, !pending.isEmpty {
      return close(because: "the client ended the connection within a message, after \(pending.count) bytes of it")
    }
    closeIfDone()
  }

  /// Takes no more calls, and closes when those under way are answered.
  func drain() {
    isEnding = true
    connection.pause()
    closeIfDone()
  }

  private func closeIfDone() {
    guard isEnding, !isTaking, underWay == 0, !isPaused || pending.isEmpty else { return }
    connection.sendGathered()
    if connection.queuedCount == 0 { close() }
  }

  func ended(_ connection: TCPConnection) {
    relay.remove(self)
    if let failure = connection.failure, order.count > 0 {
      relay.note("\(name): \(failure.message), with \(order.count) calls under way")
    }
    relay.abandon(callsOf: self)
  }

  /// Ends the connection, and says why.
  func close(because reason: String) {
    guard connection.isOpen else { return }
    relay.complain("\(name): \(reason)")
    close()
  }

  private var name: String { "client at \(peer?.description ?? "an unknown address")" }

  private func close() {
    guard connection.isOpen else { return }
    connection.close()
    pending = ByteQueue()
    relay.remove(self)
    relay.abandon(callsOf: self)
  }

  /// Ends what takes too long.
  func check(_ now: UInt64) {
    let limits = relay.settings.limits
    if let since = messageSince, now >= since &+ limits.messageTime.wholeMilliseconds {
      close(because: "a message was not complete after \(limits.messageTime); it has \(pending.count) bytes so far")
    } else if !isFetching(now) {
      close(
        because: "it does not fetch its answers: for \(limits.messageTime), \(unfetched.count) bytes have waited")
    } else if order.count == 0, pending.isEmpty, now >= activeAt &+ limits.idleTime.wholeMilliseconds {
      relay.note("\(name): silent for \(limits.idleTime)")
      close()
    }
  }

  /// Whether the client takes what it is sent; noted from one look to the next.
  private func isFetching(_ now: UInt64) -> Bool {
    let count = connection.queuedCount
    guard count > 0, count == unfetched.count else {
      unfetched = (count, now)
      return true
    }
    return now < unfetched.since &+ relay.settings.limits.messageTime.wholeMilliseconds
  }
}
