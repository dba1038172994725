internal import MusterThrift

/// A call on its way through the server.
struct ServerCall: Sendable {
  /// The connection and the place of the answer in its queue.
  let connection: UInt64
  let place: UInt64
  let message: ThriftReceivedMessage
  let header: ThriftHeader?
  let framing: ThriftFraming

  /// The bytes that answer it; none for a oneway call.
  func bytes(of reply: ThriftReply) -> [UInt8] {
    guard message.head.type != .oneway, !reply.isNone else { return [] }
    do {
      return try frame(reply)
    } catch {
      let exception = ThriftApplicationException(.internalError, "the result can't be written: \(error)")
      return (try? frame(.exception(exception))) ?? []
    }
  }

  private func frame(_ reply: ThriftReply) throws(ThriftError) -> [UInt8] {
    var bytes: [UInt8] = []
    let head = header.map { ThriftHeader($0.protocol, sequenceID: $0.sequenceID, flags: $0.flags) }
    let start = try framing.beginFrame(in: &bytes, header: head)
    try reply.write(answering: message.head, to: &bytes, as: message.protocol)
    try framing.endFrame(at: start, in: &bytes)
    return bytes
  }
}
