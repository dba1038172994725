public import MusterThrift

/// Bytes of Thrift messages, for tests that speak over raw connections.
public struct SpokenThrift: Sendable {
  /// How it speaks.
  public let dialect: ThriftDialect

  /// What speaks so.
  public init(_ dialect: ThriftDialect) { self.dialect = dialect }

  /// Every dialect that there is.
  public static var dialects: [ThriftDialect] {
    ThriftProtocol.allCases.flatMap { kind in
      ThriftFraming.allCases.filter { $0 != .header || kind == .binary || kind == .compact }
        .map { ThriftDialect(kind, $0) }
    }
  }

  /// A method's argument 1 or result 0 as a string, under the names that ThriftPy's JSON needs.
  public static let shapes = ThriftShapes(
    root: "values", ["values": [.init(0, "success", .string), .init(1, "text", .string)]])

  /// A whole frame.
  public func frame(_ head: ThriftMessageHead, _ body: ThriftStruct) throws(ThriftError) -> [UInt8] {
    var bytes: [UInt8] = []
    let start = try dialect.framing.beginFrame(
      in: &bytes, header: ThriftHeader(dialect.protocol, sequenceID: head.sequenceID))
    try ThriftMessage(head, body).write(to: &bytes, as: dialect.protocol, shapes: Self.shapes)
    try dialect.framing.endFrame(at: start, in: &bytes)
    return bytes
  }

  /// A call with a text as its only argument.
  public func call(
    _ method: String, _ text: String = "", _ sequenceID: Int32 = 1, _ type: ThriftMessageType = .call
  ) throws(ThriftError) -> [UInt8] {
    try frame(
      ThriftMessageHead(method, type, sequenceID: sequenceID), ThriftStruct([ThriftField(1, .string(text))]))
  }

  /// Reads so many messages; fewer if the connection ends before.
  public func read(_ count: Int, from connection: RawConnection) throws -> [ThriftReceivedMessage] {
    var buffer = ThriftMessageBuffer(dialect)
    var messages: [ThriftReceivedMessage] = []
    while messages.count < count {
      if let next = try buffer.next() {
        messages.append(next.message)
      } else if let bytes = connection.read() {
        buffer.append(bytes.span)
      } else {
        return messages
      }
    }
    return messages
  }
}

/// Answers `echo` with its argument, and other methods as a test says.
public struct SpokenHandler: ThriftHandling {
  private let other: @Sendable (ThriftRequest) async -> ThriftReply

  /// A handler; methods that nobody knows are refused by default.
  public init(_ other: @escaping @Sendable (ThriftRequest) async -> ThriftReply = { .unknown(method: $0.method) }) {
    self.other = other
  }

  /// Answers.
  public func answer(_ request: ThriftRequest) async -> ThriftReply {
    guard request.method == "echo" else { return await other(request) }
    do {
      return Self.reply(try Self.text(of: request))
    } catch {
      return .refusal(error)
    }
  }

  /// The text that a call has as its argument.
  public static func text(of request: ThriftRequest) throws(ThriftError) -> String {
    guard case .string(let text)? = try request.arguments(shapes: SpokenThrift.shapes)[1] else {
      throw ThriftError(.malformed, "the argument 1 is no text")
    }
    return text
  }

  /// A text as the result.
  public static func reply(_ text: String) -> ThriftReply {
    .result(ThriftStruct([ThriftField(0, .string(text))]), shapes: SpokenThrift.shapes)
  }
}
