/// What answers a call. It is written when the handler has returned it, in the protocol of the call.
public struct ThriftReply: Sendable {
  private enum Content: Sendable {
    case result(ThriftOutgoingBody)
    case exception(ThriftApplicationException)
    case none
  }

  private let content: Content

  /// A method's result: the value as field 0, or one of the exceptions that the method declares.
  public static func result<Result: ThriftCodable>(_ result: Result) -> ThriftReply {
    ThriftReply(content: .result(.typed(result)))
  }

  /// A method's result as a dynamic value.
  ///
  /// - Parameters:
  ///   - value: the struct with the result's fields.
  ///   - shapes: what it is. Without them, a call in ``ThriftProtocol/thriftPyJSON`` is answered with an exception.
  /// - Returns: the reply.
  public static func result(_ value: ThriftStruct, shapes: ThriftShapes?) -> ThriftReply {
    ThriftReply(content: .result(.dynamic(value, shapes)))
  }

  /// Whether nothing is sent.
  public var isNone: Bool { if case .none = content { true } else { false } }

  /// A failure that the method does not declare.
  public static func exception(_ exception: ThriftApplicationException) -> ThriftReply {
    ThriftReply(content: .exception(exception))
  }

  /// Nothing: for a oneway method. Nothing is sent either where an old client has called one as if it were not oneway.
  public static var none: ThriftReply { ThriftReply(content: .none) }

  /// What answers arguments that could not be read.
  public static func refusal(_ error: ThriftError) -> ThriftReply {
    .exception(ThriftApplicationException(.protocolError, error.description))
  }

  /// What answers a method that the service does not have.
  public static func unknown(method: String) -> ThriftReply {
    .exception(ThriftApplicationException(.unknownMethod, "unknown method \"\(method)\""))
  }

  /// Adds the message that answers a call to bytes; nothing for ``none``.
  ///
  /// - Parameters:
  ///   - call: what the call began with; its sequence ID is repeated.
  ///   - bytes: where the message is added; if this throws, what has been added so far stays there.
  ///   - kind: the protocol.
  /// - Throws: a ``ThriftError`` if the result has no form in the protocol.
  public func write(
    answering call: ThriftMessageHead, to bytes: inout [UInt8], as kind: ThriftProtocol
  ) throws(ThriftError) {
    var head = ThriftMessageHead(String(call.method), .reply, sequenceID: call.sequenceID)
    let body: ThriftOutgoingBody
    switch content {
    case .result(let result): body = result
    case .exception(let exception):
      head.type = .exception
      body = .typed(exception)
    case .none: return
    }
    try body.write(head, to: &bytes, as: kind)
  }
}
