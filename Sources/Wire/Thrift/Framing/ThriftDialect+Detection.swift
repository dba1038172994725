extension ThriftDialect {
  /// Recognises how a client speaks from the first bytes of its connection.
  ///
  /// A message of the binary and compact protocols begins with a mark, one of JSON with a bracket. Anything else begins
  /// with a size in four bytes: that of a frame, of the name in an old binary head or of ThriftPy's JSON. What follows
  /// tells which; nine bytes are enough, and 15 for THeader.
  ///
  /// - Parameters:
  ///   - bytes: what has arrived.
  ///   - limits: a size larger than a message may be is none.
  /// - Returns: the dialect, or nil if more bytes are needed.
  /// - Throws: a ``ThriftError`` if no dialect begins so.
  public static func detect(
    _ bytes: Span<UInt8>, limits: ThriftLimits = ThriftLimits()
  ) throws(ThriftError) -> ThriftDialect? {
    guard bytes.count >= 4 else { return nil }
    if let known = marked(bytes, at: 0) { return ThriftDialect(known, .unframed) }
    let size = Int(bytes.word32(at: 0))
    guard size > 0, size <= limits.messageSize else { throw unknown(bytes) }
    guard bytes.count > 4 else { return nil }
    switch bytes[4] {
    case 0x7B: return ThriftDialect(.thriftPyJSON, .unframed)
    case 0x5B: return ThriftDialect(.json, .framed)
    case 0x41...0x5A, 0x61...0x7A, 0x5F: return ThriftDialect(.oldBinary, .unframed)
    default: return try framed(bytes, size: size, limits)
    }
  }

  private static func framed(
    _ bytes: Span<UInt8>, size: Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ThriftDialect? {
    guard bytes.count >= 8 else { return nil }
    if let known = marked(bytes, at: 4) { return ThriftDialect(known, .framed) }
    guard bytes.word16(at: 4) != ThriftHeader.magic else { return try headed(bytes) }
    let inner = Int(bytes.word32(at: 4))
    guard inner > 0, inner <= size - 4 else { throw unknown(bytes) }
    guard bytes.count > 8 else { return nil }
    return ThriftDialect(bytes[8] == 0x7B ? .thriftPyJSON : .oldBinary, .framed)
  }

  /// THeader says the protocol after its fixed part.
  private static func headed(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftDialect? {
    let place = 4 + ThriftHeader.fixedSize
    guard bytes.count > place else { return nil }
    return ThriftDialect(try ThriftHeader.kind(UInt64(bytes[place]), at: place), .header)
  }

  /// The protocol whose messages begin as the bytes do there.
  private static func marked(_ bytes: Span<UInt8>, at place: Int) -> ThriftProtocol? {
    if bytes.word16(at: place) == UInt16(BinaryHead.version >> 16) { return .binary }
    if bytes[place] == 0x5B { return .json }
    guard bytes[place] == CompactHead.mark else { return nil }
    return bytes[place + 1] & CompactHead.versionMask == CompactHead.version ? .compact : nil
  }

  private static func unknown(_ bytes: Span<UInt8>) -> ThriftError {
    let digits = (0..<min(bytes.count, 8)).map { String(bytes[$0] >> 4, radix: 16) + String(bytes[$0] & 15, radix: 16) }
    return ThriftError(
      .malformed, "no protocol of Thrift begins with the bytes \(digits.joined(separator: " "))", at: 0)
  }
}
