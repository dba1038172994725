internal import MusterThrift

/// Cuts the bytes of a connection into messages, and reads no more of them than their heads.
struct MessageCutter: Sendable {
  /// What the bytes begin with.
  enum Step: Equatable, Sendable {
    /// A message with its frame.
    case message(CutMessage)
    /// A part of a message.
    case needMore
  }

  private let limits: ThriftLimits
  private var deframer: ThriftDeframer?

  /// A cutter for a dialect; nil: for the one that the first bytes show.
  init(_ dialect: ThriftDialect?, messageSize: Int) {
    limits = ThriftLimits(messageSize: messageSize)
    deframer = dialect.map { ThriftDeframer($0, limits: limits) }
  }

  /// How the connection speaks, as soon as that is known.
  var dialect: ThriftDialect? { deframer?.dialect }

  /// What the bytes begin with: all that are there, from the first one on that belongs to no earlier message.
  ///
  /// - Throws: a `ThriftError` if they are no message; nothing that follows can be understood.
  mutating func next(_ bytes: Span<UInt8>) throws(ThriftError) -> Step {
    if deframer == nil {
      guard let dialect = try ThriftDialect.detect(bytes, limits: limits) else { return .needMore }
      deframer = ThriftDeframer(dialect, limits: limits)
    }
    guard !bytes.isEmpty, let dialect, case .complete(let frame)? = try deframer?.next(bytes) else { return .needMore }
    let message = bytes.extracting(frame.message)
    guard case .found(let place) = try dialect.protocol.head(in: message, limits: limits) else {
      throw ThriftError(.truncated, "a frame of \(frame.length) bytes is too short for a message")
    }
    return .message(CutMessage(length: frame.length, head: place.head, header: frame.header))
  }
}

/// A message and its frame, in the bytes of a connection.
struct CutMessage: Equatable, Sendable {
  /// How many bytes both have together.
  let length: Int
  /// What the message begins with.
  let head: ThriftMessageHead
  /// What THeader says besides.
  let header: ThriftHeader?
}
