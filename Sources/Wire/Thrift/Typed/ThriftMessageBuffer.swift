/// Cuts what arrives on a connection into messages.
public struct ThriftMessageBuffer: Sendable {
  /// A message, and what THeader says of it.
  public struct Element: Sendable {
    /// The message.
    public let message: ThriftReceivedMessage
    /// The head of its frame; nil in other framings.
    public let header: ThriftHeader?
  }

  private var cutter: Cutter
  private var bytes: [UInt8] = []
  /// Where the next message begins.
  private var start = 0

  /// Creates an empty buffer.
  ///
  /// - Parameters:
  ///   - dialect: how the connection speaks; nil: as its first bytes tell.
  ///   - limits: what a message may ask for.
  public init(_ dialect: ThriftDialect? = nil, limits: ThriftLimits = ThriftLimits()) {
    cutter = Cutter(limits: limits)
    if let dialect { cutter.speak(dialect) }
  }

  /// How the connection speaks; nil until its first bytes have told.
  public var dialect: ThriftDialect? { cutter.deframer?.dialect }

  /// How many bytes there are of messages that have not been taken.
  public var count: Int { bytes.count - start }

  /// Adds bytes.
  public mutating func append(_ more: Span<UInt8>) {
    if start == bytes.count {
      // A connection that rests holds little memory.
      if bytes.capacity > 4096 { bytes = [] } else { bytes.removeAll(keepingCapacity: true) }
    } else if start > 0 {
      bytes.removeFirst(start)
    }
    start = 0
    bytes.append(more)
  }

  /// Takes the next message, if all of it is there.
  ///
  /// - Throws: a ``ThriftError`` if the bytes are no message, or it exceeds the limits; nothing can be taken any more then.
  public mutating func next() throws(ThriftError) -> Element? {
    guard count >= cutter.needed else { return nil }
    guard let (element, length) = try cutter.next(bytes, from: start) else { return nil }
    start += length
    return element
  }
}

/// What is known of a connection's messages, apart from their bytes.
private struct Cutter: Sendable {
  let limits: ThriftLimits
  var deframer: ThriftDeframer?
  /// So many bytes of a message are needed before it is worth looking.
  var needed = 1

  init(limits: ThriftLimits) {
    self.limits = limits
  }

  mutating func speak(_ dialect: ThriftDialect) {
    deframer = ThriftDeframer(dialect, limits: limits)
  }

  mutating func next(
    _ all: [UInt8], from start: Int
  ) throws(ThriftError) -> (element: ThriftMessageBuffer.Element, length: Int)? {
    let bytes = all.span.extracting(start...)
    if deframer == nil, let found = try ThriftDialect.detect(bytes, limits: limits) { speak(found) }
    guard let progress = try deframer?.next(bytes), let kind = deframer?.dialect.protocol else { return nil }
    switch progress {
    case .needMore(let count):
      needed = max(count, 1)
      return nil
    case .complete(let frame):
      needed = 1
      let message = try ThriftReceivedMessage(bytes.array(frame.message), as: kind, limits: limits)
      return (ThriftMessageBuffer.Element(message: message, header: frame.header), frame.length)
    }
  }
}
