internal import MusterThrift

/// What a caller is told when its call could not be carried out: a `TApplicationException` in the caller's own dialect.
enum FailureAnswer {
  /// `INTERNAL_ERROR` of Apache's libraries.
  private static let internalError: Int32 = 6

  private static let shapes = ThriftShapes(
    root: "TApplicationException",
    ["TApplicationException": [.init(1, "message", .string), .init(2, "type", .i32)]])

  /// The bytes of the answer.
  ///
  /// - Throws: a `ThriftError` if the dialect has no form for it, which none lacks that a call could be read in.
  static func bytes(
    to head: ThriftMessageHead, header: ThriftHeader?, in dialect: ThriftDialect, saying text: String
  ) throws(ThriftError) -> [UInt8] {
    // As the server would: it answers for the method, whatever service it belongs to.
    let answer = ThriftMessageHead(String(head.method), .exception, sequenceID: head.sequenceID)
    let body = ThriftStruct([ThriftField(1, .string(text)), ThriftField(2, .i32(internalError))])
    var bytes: [UInt8] = []
    let own = header.map { ThriftHeader($0.protocol, sequenceID: $0.sequenceID, flags: $0.flags) }
    let start = try dialect.framing.beginFrame(in: &bytes, header: own)
    try ThriftMessage(answer, body).write(to: &bytes, as: dialect.protocol, shapes: shapes)
    try dialect.framing.endFrame(at: start, in: &bytes)
    return bytes
  }
}
