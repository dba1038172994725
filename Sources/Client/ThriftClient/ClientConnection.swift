internal import MusterEventLoop
internal import MusterThrift

/// A connection to an instance; belongs to the loop's thread.
final class ClientConnection: TCPHandler {
  private unowned let pool: ConnectionPool
  private var tcp: TCPConnection?
  private var buffer: ThriftMessageBuffer
  private(set) var exchange: Exchange?
  private(set) var isConnected = false
  /// Whether all of the call has left.
  private var isSent = false
  /// Addresses of the same host that are still to be tried.
  private var addresses: [SocketAddress] = []
  /// Since when it has had no call.
  private(set) var idleSince: UInt64 = 0

  init(_ pool: ConnectionPool) {
    self.pool = pool
    buffer = ThriftMessageBuffer(pool.settings.dialect, limits: pool.settings.limits)
  }

  /// Whether the other side is still there and owes nothing.
  var isUsable: Bool { isConnected && exchange == nil && buffer.count == 0 && tcp?.isQuiet == true }

  /// Connects for a call.
  func connect(_ addresses: [SocketAddress], for exchange: Exchange) {
    self.addresses = addresses
    take(exchange)
    connectToNext()
  }

  private func connectToNext() {
    guard let exchange else { return close() }
    guard !addresses.isEmpty else {
      let reason = tcp?.failure?.message ?? "the host has no address"
      end()
      return exchange.fail(.notConnected, reason, wasSent: false)
    }
    let made = TCPConnection(pool.loop, to: addresses.removeFirst(), self)
    // One that has failed at once has been dealt with, and another may have taken its place.
    if made.isOpen { tcp = made }
  }

  private func take(_ exchange: Exchange) {
    self.exchange = exchange
    exchange.connection = self
    isSent = false
  }

  /// Carries a call.
  func start(_ exchange: Exchange) {
    take(exchange)
    send()
  }

  private func send() {
    guard let exchange, let tcp else { return }
    guard tcp.send(exchange.call.bytes) else { return }
    left()
  }

  func connected(_ connection: TCPConnection) {
    tcp = connection
    isConnected = true
    if exchange == nil { return close() }
    send()
  }

  func drained(_ connection: TCPConnection) { left() }

  private func left() {
    guard let exchange, tcp?.isOpen == true, !isSent else { return }
    isSent = true
    guard exchange.call.isOneway else { return }
    release(exchange)
    exchange.end(.sent)
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    // Nobody asked for anything.
    guard let exchange else { return close() }
    guard !exchange.call.isOneway else {
      let wasSent = connection.queuedCount == 0
      close()
      return exchange.fail(.invalidAnswer, "it was answered, although it is oneway", wasSent: wasSent)
    }
    buffer.append(bytes)
    do {
      guard let message = try buffer.next()?.message else { return }
      if let problem = exchange.call.check(message.head) { throw ThriftError(.malformed, problem) }
      release(exchange)
      exchange.end(.message(message))
    } catch {
      close()
      exchange.fail(.invalidAnswer, "\(error)", wasSent: true)
    }
  }

  /// Goes back to the pool.
  private func release(_ exchange: Exchange) {
    self.exchange = nil
    idleSince = pool.loop.now
    // What was answered before the call had left, or answers more than that, leaves nothing to go on with.
    if buffer.count > 0 || !isSent { close() } else { pool.release(self) }
  }

  func ended(_ connection: TCPConnection) {
    tcp = connection
    guard isConnected || exchange == nil else { return connectToNext() }
    let exchange = exchange
    let got = buffer.count
    end()
    let reason = connection.failure?.message ?? "the other side ended the connection"
    let place = got > 0 ? " after \(got) bytes of an answer" : ""
    exchange?.fail(.disconnected, "\(reason)\(place)", wasSent: isSent)
  }

  /// Ends it; whoever waits for its call is told by who calls this.
  func close() {
    tcp?.close()
    end()
  }

  private func end() {
    isConnected = false
    exchange = nil
    pool.remove(self)
  }

  /// Ends its call, and with it the connection: what is answered later belongs to nobody.
  func abandon() -> (wasConnected: Bool, wasSent: Bool) {
    defer { close() }
    return (isConnected, isConnected && (isSent || tcp?.queuedCount == 0))
  }
}
