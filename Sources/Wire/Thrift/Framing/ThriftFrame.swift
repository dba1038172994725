/// A message and what stands around it, in the bytes of a connection.
public struct ThriftFrame: Hashable, Sendable {
  /// Where the message is.
  public let message: Range<Int>
  /// How many bytes message and frame have together.
  public let length: Int
  /// What ``ThriftFraming/header`` says besides.
  public let header: ThriftHeader?
}

/// How far a search for a frame in a growing buffer has come.
public enum ThriftFrameProgress: Hashable, Sendable {
  /// It is complete.
  case complete(ThriftFrame)
  /// The bytes are fine so far, but so many are needed at least, counted from the first.
  case needMore(atLeast: Int)
}

/// Finds one frame after the other in a buffer that grows.
///
/// After a complete frame, the next call begins with the frame that follows. After an error, nothing that follows on
/// the connection can be understood.
public struct ThriftDeframer: Sendable {
  /// How the connection speaks.
  public let dialect: ThriftDialect
  private let limits: ThriftLimits
  private var scanner: ThriftScanner

  /// Creates a deframer for a connection.
  public init(_ dialect: ThriftDialect, limits: ThriftLimits = ThriftLimits()) {
    self.dialect = dialect
    self.limits = limits
    scanner = ThriftScanner(dialect.protocol, limits: limits)
  }

  /// Goes on with a frame.
  ///
  /// Of a frame with a size, only that and its head are looked at; its message may be anything.
  ///
  /// - Parameter bytes: all of the frame's bytes that are there, from its first on; what follows it does no harm.
  /// - Returns: the frame, or how many bytes have to be there before it is worth asking again.
  /// - Throws: a ``ThriftError`` if the bytes are no frame or exceed the limits.
  public mutating func next(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftFrameProgress {
    guard dialect.framing == .unframed else { return try sized(bytes) }
    switch try scanner.scan(bytes) {
    case .needMore(let count): return .needMore(atLeast: count)
    case .complete(let length):
      scanner.reset()
      return .complete(ThriftFrame(message: 0..<length, length: length, header: nil))
    }
  }

  private func sized(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftFrameProgress {
    guard bytes.count >= 4 else { return .needMore(atLeast: 4) }
    let size = Int(Int32(bitPattern: bytes.word32(at: 0)))
    guard size > 0 else {
      throw ThriftError(.malformed, "a frame has the size \(size); 1 is the smallest", at: 0)
    }
    let length = 4 + size
    try limits.check(message: length)
    guard bytes.count >= length else { return .needMore(atLeast: length) }
    guard dialect.framing == .header else {
      return .complete(ThriftFrame(message: 4..<length, length: length, header: nil))
    }
    let (header, start) = try ThriftHeader.read(bytes, 4..<length)
    guard header.protocol == dialect.protocol else {
      throw ThriftError(.malformed, "a frame's protocol is \(header.protocol), not \(dialect.protocol)", at: 4)
    }
    return .complete(ThriftFrame(message: start..<length, length: length, header: header))
  }
}
