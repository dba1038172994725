import MusterThrift

// A span of a temporary can't leave the expression that the testing library makes of an expectation.
extension ThriftMessage {
  init(
    _ bytes: some Collection<UInt8>, as kind: ThriftProtocol, limits: ThriftLimits = ThriftLimits(),
    shapes: ThriftShapes? = nil
  ) throws(ThriftError) {
    let bytes = Array(bytes)
    try self.init(reading: bytes.span, as: kind, limits: limits, shapes: shapes)
  }

  /// The message in a protocol.
  func bytes(as kind: ThriftProtocol, shapes: ThriftShapes? = nil) throws(ThriftError) -> [UInt8] {
    var bytes: [UInt8] = []
    try write(to: &bytes, as: kind, shapes: shapes)
    return bytes
  }
}

extension ThriftScanner {
  mutating func scan(_ bytes: some Collection<UInt8>) throws(ThriftError) -> ThriftProgress {
    let bytes = Array(bytes)
    return try scan(bytes.span)
  }
}

extension ThriftDeframer {
  mutating func next(_ bytes: some Collection<UInt8>) throws(ThriftError) -> ThriftFrameProgress {
    let bytes = Array(bytes)
    return try next(bytes.span)
  }
}

extension ThriftDialect {
  static func detect(_ bytes: some Collection<UInt8>) throws(ThriftError) -> ThriftDialect? {
    let bytes = Array(bytes)
    return try detect(bytes.span)
  }
}

extension ThriftProtocol {
  func place(in bytes: [UInt8]) throws(ThriftError) -> ThriftHeadPlace? {
    if case .found(let place) = try head(in: bytes.span) { place } else { nil }
  }
}
