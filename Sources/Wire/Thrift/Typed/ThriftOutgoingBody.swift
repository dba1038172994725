/// A body that is written when the protocol of its connection is known.
public enum ThriftOutgoingBody: Sendable {
  /// A value of a type of the definition.
  case typed(any ThriftCodable)
  /// A dynamic value, with its shapes where the protocol needs them.
  case dynamic(ThriftStruct, ThriftShapes?)

  /// Adds a message with this body to bytes.
  ///
  /// - Parameters:
  ///   - head: what the message begins with.
  ///   - bytes: where it is added; if this throws, what has been added so far stays there.
  ///   - kind: the protocol.
  /// - Throws: a ``ThriftError`` if the protocol has no form for a value, or ``ThriftProtocol/thriftPyJSON`` is to be
  ///   written without shapes.
  public func write(
    _ head: ThriftMessageHead, to bytes: inout [UInt8], as kind: ThriftProtocol
  ) throws(ThriftError) {
    switch self {
    case .dynamic(let body, let shapes):
      try ThriftMessage(head, body).write(to: &bytes, as: kind, shapes: shapes)
    case .typed(let body): try body.write(head, to: &bytes, as: kind)
    }
  }
}

extension ThriftCodable {
  fileprivate func write(
    _ head: ThriftMessageHead, to bytes: inout [UInt8], as kind: ThriftProtocol
  ) throws(ThriftError) {
    switch kind {
    case .binary, .oldBinary:
      var writer = ThriftBinaryWriter(appendingTo: bytes.movedOut(), isStrict: kind == .binary)
      defer { bytes = writer.bytes }
      writer.messageHead(head)
      try write(to: &writer)
    case .compact:
      var writer = ThriftCompactWriter(appendingTo: bytes.movedOut())
      defer { bytes = writer.bytes }
      writer.messageHead(head)
      try write(to: &writer)
    case .json, .thriftPyJSON:
      try ThriftMessage(head, structure()).write(to: &bytes, as: kind, shapes: Self.shapes)
    }
  }
}
