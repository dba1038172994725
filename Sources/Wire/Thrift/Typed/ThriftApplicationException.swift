/// A failure that a service answers with although the method does not declare it.
public struct ThriftApplicationException: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of failure; services may use numbers that have no name here.
  public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// The number on the wire.
    public let rawValue: Int32

    /// Creates a code from its number.
    public init(rawValue: Int32) {
      self.rawValue = rawValue
    }

    /// Nothing more is said.
    public static let unknown = Code(rawValue: 0)
    /// The service has no such method.
    public static let unknownMethod = Code(rawValue: 1)
    /// The message was neither a call nor a oneway call.
    public static let invalidMessageType = Code(rawValue: 2)
    /// The answer was that of another method.
    public static let wrongMethodName = Code(rawValue: 3)
    /// The answer was that of another call.
    public static let badSequenceID = Code(rawValue: 4)
    /// The answer held neither a value nor an exception.
    public static let missingResult = Code(rawValue: 5)
    /// The service failed.
    public static let internalError = Code(rawValue: 6)
    /// The call could not be read.
    public static let protocolError = Code(rawValue: 7)
    /// The transport's transforms are not supported.
    public static let invalidTransform = Code(rawValue: 8)
    /// The protocol is not supported.
    public static let invalidProtocol = Code(rawValue: 9)
    /// The client's kind is not supported.
    public static let unsupportedClientType = Code(rawValue: 10)

    private static let names = [
      "unknown", "unknown method", "invalid message type", "wrong method name", "bad sequence ID", "missing result",
      "internal error", "protocol error", "invalid transform", "invalid protocol", "unsupported client type",
    ]

    /// The code in words, or its number.
    public var description: String {
      Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : "code \(rawValue)"
    }
  }

  /// The kind of failure.
  public let code: Code
  /// What went wrong.
  public let message: String

  /// Creates an exception.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message and the kind.
  public var description: String { message.isEmpty ? code.description : "\(message) (\(code))" }
}

extension ThriftApplicationException: ThriftCodable {
  /// What every library knows of it.
  public static let shapes = ThriftShapes(
    root: "TApplicationException",
    ["TApplicationException": [.init(1, "message", .string), .init(2, "type", .i32)]])

  /// Reads an exception; a message that is not valid UTF-8 does not keep it from being seen.
  public init<Reader: ThriftReader>(
    reading bytes: Span<UInt8>, with reader: inout Reader
  ) throws(ThriftError) {
    var (code, message) = (Code.unknown, "")
    try reader.enter()
    var id: Int16 = 0
    while let field = try reader.field(after: id, bytes) {
      id = field.id
      switch (field.id, field.type) {
      case (1, .string): message = String(decoding: try reader.binary(bytes), as: UTF8.self)
      case (2, .i32): code = Code(rawValue: try reader.i32(bytes))
      default: try reader.skip(field.type, bytes)
      }
    }
    reader.leave()
    self.init(code, message)
  }

  /// Writes both fields.
  public func write<Writer: ThriftWriter>(to writer: inout Writer) throws(ThriftError) {
    writer.field(1, after: 0, .string)
    writer.string(message)
    writer.field(2, after: 1, .i32)
    writer.i32(code.rawValue)
    writer.stop()
  }
}
