extension ThriftMessage {
  /// Reads a message.
  ///
  /// - Parameters:
  ///   - bytes: the message, without a frame; what follows it does no harm.
  ///   - kind: its protocol.
  ///   - limits: what it may ask for.
  ///   - shapes: what its body is. ``ThriftProtocol/thriftPyJSON`` can't be read without; in ``ThriftProtocol/json``
  ///     they tell which strings are bytes; the others don't need them.
  /// - Throws: a ``ThriftError`` if the bytes are not a message or exceed the limits.
  public init(
    reading bytes: Span<UInt8>, as kind: ThriftProtocol, limits: ThriftLimits = ThriftLimits(),
    shapes: ThriftShapes? = nil
  ) throws(ThriftError) {
    switch kind {
    case .binary, .oldBinary:
      var reader = ThriftBinaryReader(limits: limits)
      self = try reader.message(bytes)
    case .compact:
      var reader = ThriftCompactReader(limits: limits)
      self = try reader.message(bytes)
    case .json: self = try JSONMessageReader(limits: limits, shapes: shapes).message(bytes)
    case .thriftPyJSON:
      guard let shapes else { throw Self.needsShapes }
      self = try ThriftPyJSONReader(limits: limits, shapes: shapes).message(bytes)
    }
  }

  /// Adds the message to bytes, without a frame.
  ///
  /// - Parameters:
  ///   - bytes: where it is added; if this throws, what has been added so far stays there.
  ///   - kind: the protocol.
  ///   - shapes: what the body is, as for reading.
  /// - Throws: a ``ThriftError`` if the protocol has no form for a value, or a value is not of its container's type.
  public func write(
    to bytes: inout [UInt8], as kind: ThriftProtocol, shapes: ThriftShapes? = nil
  ) throws(ThriftError) {
    switch kind {
    case .binary, .oldBinary:
      var writer = ThriftBinaryWriter(appendingTo: bytes.movedOut(), isStrict: kind == .binary)
      defer { bytes = writer.bytes }
      try writer.message(self)
    case .compact:
      var writer = ThriftCompactWriter(appendingTo: bytes.movedOut())
      defer { bytes = writer.bytes }
      try writer.message(self)
    case .json:
      var writer = JSONMessageWriter(bytes: bytes.movedOut(), shapes: shapes)
      defer { bytes = writer.bytes }
      try writer.message(self)
    case .thriftPyJSON:
      guard let shapes else { throw Self.needsShapes }
      var writer = ThriftPyJSONWriter(bytes: bytes.movedOut(), shapes: shapes)
      defer { bytes = writer.bytes }
      try writer.message(self)
    }
  }

  private static var needsShapes: ThriftError {
    ThriftError(.unsupported, "ThriftPy's JSON protocol says no types: it needs the shapes of the definition")
  }
}
