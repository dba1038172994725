/// A call that came in. Its arguments are read when the handler asks for them.
public struct ThriftRequest: Sendable {
  /// The method's name, without that of a service.
  public let method: String
  /// The service that the call names, where several share a connection.
  public let service: String?
  /// Whether nothing is to be answered.
  public let isOneway: Bool
  private let message: ThriftReceivedMessage

  /// Creates a request from a message.
  public init(_ message: ThriftReceivedMessage) {
    self.message = message
    method = String(message.head.method)
    service = message.head.service.map { String($0) }
    isOneway = message.head.type == .oneway
  }

  /// Reads the arguments.
  ///
  /// - Parameter type: the method's struct of arguments.
  /// - Returns: the arguments.
  /// - Throws: a ``ThriftError`` if they are something else; ``ThriftReply/refusal(_:)`` answers so.
  public func arguments<Arguments: ThriftCodable>(as type: Arguments.Type) throws(ThriftError) -> Arguments {
    try message.body(as: type)
  }

  /// Reads the arguments as a dynamic value.
  ///
  /// - Parameter shapes: what they are; only the JSON protocols need it.
  /// - Returns: the arguments.
  /// - Throws: a ``ThriftError`` if they are not what the protocol allows.
  public func arguments(shapes: ThriftShapes?) throws(ThriftError) -> ThriftStruct {
    try message.body(shapes: shapes)
  }
}
