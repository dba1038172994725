internal import MusterDNS
internal import MusterEventLoop

/// One question and its answer, on a loop of its own: over UDP, asked again if nothing comes, and over TCP if the answer
/// did not fit.
///
/// What does not answer the question, or comes from somewhere else, is not looked at.
final class DNSExchange: UDPHandler, TCPHandler {
  struct Question: Sendable {
    let server: SocketAddress
    let name: DomainName
    let type: RecordType
    /// A number that can't be guessed.
    let id: UInt16
    /// When it is asked again over UDP, and for how long an answer is waited for.
    let retryAfter: Duration
    let timeout: Duration

    var packet: [UInt8] {
      var writer = PacketWriter()
      writer.start(id: id, flags: .recursionDesired, questions: 1)
      writer.question(name, type)
      // The size that fits into one frame on nearly all ways (DNS Flag Day 2020).
      writer.addOption(payloadSize: 1_232, .noError)
      return writer.bytes
    }
  }

  private let loop: EventLoop
  private let question: Question
  private let finish: (Message?) -> Void
  private var stream: [UInt8] = []
  private var isOverTCP = false

  /// Asks; `finish` is called with the answer, or with nil when none has come in time.
  init(_ loop: EventLoop, _ question: Question, _ finish: @escaping (Message?) -> Void) throws(EventLoopError) {
    self.loop = loop
    self.question = question
    self.finish = finish
    guard let any = SocketAddress(host: question.server.isIPv6 ? "::" : "0.0.0.0", port: 0) else {
      throw EventLoopError(.addressNotAvailable, "there is no address to ask \(question.server) from")
    }
    let socket = try UDPSocket(loop, try BoundSocket(.udp, any), self)
    socket.send(question.packet, to: question.server)
    LoopTimer(loop) { finish(nil) }.start(after: question.timeout)
    LoopTimer(loop) { socket.send(question.packet, to: question.server) }
      .start(after: question.retryAfter, every: question.retryAfter)
  }

  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    guard sender == question.server, !isOverTCP, let message = answer(packet) else { return }
    guard message.flags.contains(.truncated) else { return finish(message) }
    isOverTCP = true
    _ = TCPConnection(loop, to: question.server, self)
  }

  func connected(_ connection: TCPConnection) {
    let packet = question.packet
    _ = connection.send([UInt8(packet.count >> 8), UInt8(packet.count & 0xFF)] + packet)
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    for index in bytes.indices { stream.append(bytes[index]) }
    guard stream.count >= 2 else { return }
    let length = Int(stream[0]) << 8 | Int(stream[1])
    guard stream.count >= 2 + length else { return }
    connection.close()
    finish(answer(Array(stream[2..<2 + length]).span))
  }

  func drained(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) { finish(nil) }

  private func answer(_ packet: Span<UInt8>) -> Message? {
    guard let message = Message(packet), message.id == question.id, message.flags.contains(.response),
      message.questions.count == 1, let asked = message.questions.first, asked.type == question.type,
      asked.name.lowercased == question.name.lowercased
    else { return nil }
    return message
  }
}
