internal import MusterThrift

/// Cuts the bytes of a connection into messages, and reads no more of them than their heads.
struct MessageCutter: Sendable {
  private let limits: ThriftLimits
  private var deframer: ThriftDeframer?
  /// Whether the dialect is the one that has a shorter way.
  private var isFramedBinary = false
  private var known = KnownName()

  /// A cutter for a dialect; nil: for the one that the first bytes show.
  init(_ dialect: ThriftDialect?, messageSize: Int) {
    limits = ThriftLimits(messageSize: messageSize)
    if let dialect { begin(dialect) }
  }

  /// How the connection speaks, as soon as that is known.
  var dialect: ThriftDialect? { deframer?.dialect }

  private mutating func begin(_ dialect: ThriftDialect) {
    deframer = ThriftDeframer(dialect, limits: limits)
    isFramedBinary = dialect == ThriftDialect(.binary, .framed)
  }

  /// The message that the bytes begin with: all that are there, from the first one on that belongs to no earlier message.
  ///
  /// - Returns: nil if it is not complete.
  /// - Throws: a `ThriftError` if they are no message; nothing that follows can be understood.
  mutating func next(_ bytes: Span<UInt8>) throws(ThriftError) -> CutMessage? {
    if isFramedBinary, let message = CutMessage(framedBinary: bytes, limits, &known) { return message }
    if deframer == nil {
      guard let dialect = try ThriftDialect.detect(bytes, limits: limits) else { return nil }
      begin(dialect)
    }
    guard !bytes.isEmpty, let dialect, case .complete(let frame)? = try deframer?.next(bytes) else { return nil }
    let message = bytes.extracting(frame.message)
    guard case .found(let place) = try dialect.protocol.head(in: message, limits: limits) else {
      throw ThriftError(.truncated, "a frame of \(frame.length) bytes is too short for a message")
    }
    return CutMessage(length: frame.length, head: place.head, header: frame.header.map(HeaderBox.init))
  }
}
