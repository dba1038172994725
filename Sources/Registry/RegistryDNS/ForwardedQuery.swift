internal import MusterDNS
internal import MusterEventLoop

/// One query on its way to the recursor and back: over UDP, and over TCP if the answer does not fit.
final class ForwardedQuery: UDPHandler, TCPHandler {
  private let query: Query
  /// The query as it is forwarded, under a number of its own.
  private let packet: [UInt8]
  private let needsAll: Bool
  private var done: (([UInt8]?) -> Void)?
  private var input: [UInt8] = []
  private var timer: LoopTimer?
  private var socket: UDPSocket?
  private var stream: TCPConnection?
  private var server: SocketAddress?
  private var loop: EventLoop?

  init(_ query: Query, _ packet: [UInt8], id: UInt16, needsAll: Bool, _ done: @escaping ([UInt8]?) -> Void) {
    self.query = query
    self.packet = [UInt8(id >> 8), UInt8(id & 0xFF)] + packet.dropFirst(2)
    self.needsAll = needsAll
    self.done = done
  }

  func start(_ loop: EventLoop, _ server: SocketAddress, _ timeout: Duration) {
    self.server = server
    self.loop = loop
    timer = LoopTimer(loop) { self.finish(nil) }
    timer?.start(after: timeout)
    guard let any = SocketAddress(host: server.isIPv6 ? "::" : "0.0.0.0", port: 0) else { return finish(nil) }
    do {
      socket = try UDPSocket(loop, BoundSocket(.udp, any), self)
      socket?.send(packet, to: server)
    } catch {
      // Out of sockets: to whoever asked, that is no different from a server that is silent.
      finish(nil)
    }
  }

  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    guard sender == server, isAnswer(packet) else { return }
    let isCut = packet[2] & UInt8(HeaderFlags.truncated.rawValue >> 8) != 0
    guard isCut, needsAll, let loop, let server else { return finish(packet.indices.map { packet[$0] }) }
    socket.close()
    stream = TCPConnection(loop, to: server, self)
  }

  /// Whether it answers this query: the number and the question must be the same to the letter.
  private func isAnswer(_ reply: Span<UInt8>) -> Bool {
    guard reply.count >= query.questionEnd, reply[2] & 0x80 != 0, reply[4] == 0, reply[5] == 1 else { return false }
    for index in [0, 1] where reply[index] != packet[index] { return false }
    for index in Query.nameOffset..<query.questionEnd where reply[index] != packet[index] { return false }
    return true
  }

  func connected(_ connection: TCPConnection) {
    _ = connection.send([UInt8(packet.count >> 8), UInt8(packet.count & 0xFF)] + packet)
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    for index in bytes.indices { input.append(bytes[index]) }
    guard input.count >= 2 else { return }
    let length = Int(input[0]) << 8 | Int(input[1])
    guard input.count >= 2 + length else { return }
    let reply = Array(input[2..<2 + length])
    finish(isAnswer(reply.span) ? reply : nil)
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) { finish(nil) }

  /// Gives the answer on, under the number that the client knows, and lets everything go.
  private func finish(_ reply: [UInt8]?) {
    guard let done = done.take() else { return }
    timer?.close()
    socket?.close()
    stream?.close()
    (timer, socket, stream, loop) = (nil, nil, nil, nil)
    done(reply.map { [UInt8(query.id >> 8), UInt8(query.id & 0xFF)] + $0.dropFirst(2) })
  }
}
