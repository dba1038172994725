/// A message that arrived, of which only the head has been read.
public struct ThriftReceivedMessage: Sendable {
  /// What it begins with.
  public let head: ThriftMessageHead
  /// Its protocol.
  public let `protocol`: ThriftProtocol
  private let bytes: [UInt8]
  private let bodyStart: Int
  private let limits: ThriftLimits

  /// Reads the head of a message.
  ///
  /// - Parameters:
  ///   - bytes: the whole message, without a frame.
  ///   - kind: its protocol.
  ///   - limits: what its body may ask for.
  /// - Throws: a ``ThriftError`` if the bytes do not begin with a head.
  public init(_ bytes: [UInt8], as kind: ThriftProtocol, limits: ThriftLimits = ThriftLimits()) throws(ThriftError) {
    switch try kind.head(in: bytes.span, limits: limits) {
    case .needMore(let count): throw .truncated(needs: count, at: bytes.count)
    case .found(let place):
      head = place.head
      bodyStart = place.extent.upperBound
    }
    self.protocol = kind
    self.bytes = bytes
    self.limits = limits
  }

  /// Reads the body.
  ///
  /// - Parameter type: what it is.
  /// - Returns: the body.
  /// - Throws: a ``ThriftError`` if it is something else or exceeds the limits.
  public func body<Body: ThriftCodable>(as type: Body.Type) throws(ThriftError) -> Body {
    switch self.protocol {
    case .binary, .oldBinary:
      var reader = ThriftBinaryReader(at: bodyStart, limits: limits)
      return try Body(reading: bytes.span, with: &reader)
    case .compact:
      var reader = ThriftCompactReader(at: bodyStart, limits: limits)
      return try Body(reading: bytes.span, with: &reader)
    case .json, .thriftPyJSON: return try Body(body(shapes: Body.shapes), limits: limits)
    }
  }

  /// Reads the body as a dynamic value.
  ///
  /// - Parameter shapes: what it is; ``ThriftProtocol/thriftPyJSON`` can't be read without.
  /// - Returns: the body.
  /// - Throws: a ``ThriftError`` if it is not what the protocol allows or exceeds the limits.
  public func body(shapes: ThriftShapes?) throws(ThriftError) -> ThriftStruct {
    try ThriftMessage(reading: bytes.span, as: self.protocol, limits: limits, shapes: shapes).body
  }
}
