/// Finds where a message ends in a buffer that grows, without building its values.
///
/// It goes on where it stopped, so each byte is looked at once, however small the parts are in which a message arrives.
/// After a message, or an error, ``reset()`` makes it ready for the next one.
public struct ThriftScanner: Sendable {
  private let kind: ThriftProtocol
  private let limits: ThriftLimits
  private var values = ScanState()
  private var text = JSONScan()
  /// The message's head, as soon as it is passed.
  public private(set) var head: ThriftHeadPlace?

  /// Creates a scanner for messages of one protocol.
  public init(_ kind: ThriftProtocol, limits: ThriftLimits = ThriftLimits()) {
    self.kind = kind
    self.limits = limits
  }

  /// Forgets the message.
  public mutating func reset() {
    head = nil
  }

  /// Goes on with a message.
  ///
  /// JSON is passed by its brackets; what is between them is looked at when it is read.
  ///
  /// - Parameter bytes: all of its bytes that are there, from its first on; what follows it does no harm.
  /// - Returns: the message's length, or how many bytes have to be there before it is worth asking again.
  /// - Throws: a ``ThriftError`` if the bytes are not a message or exceed the limits.
  public mutating func scan(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftProgress {
    if head == nil {
      switch try kind.head(in: bytes, limits: limits) {
      case .needMore(let count): return try wait(count)
      case .found(let found): begin(found)
      }
    }
    return switch kind {
    case .binary, .oldBinary: try end(try values.run(BinaryScan.self, bytes, limits), at: values.place)
    case .compact: try end(try values.run(CompactScan.self, bytes, limits), at: values.place)
    case .json: try end(try text.run(bytes, limits) ? nil : bytes.count + 1, at: text.place)
    // The head is found once the whole message is there.
    case .thriftPyJSON: .complete(try ThriftPyJSONHead.length(bytes, limits) ?? 0)
    }
  }

  private mutating func begin(_ found: ThriftHeadPlace) {
    head = found
    let end = found.extent.upperBound
    if kind == .json { text.begin(at: end, depth: 1) } else { values.begin(at: end) }
  }

  private func end(_ needs: Int?, at place: Int) throws(ThriftError) -> ThriftProgress {
    if let needs { return try wait(needs) }
    try limits.check(message: place)
    return .complete(place)
  }

  private func wait(_ count: Int) throws(ThriftError) -> ThriftProgress {
    try limits.check(message: count)
    return .needMore(atLeast: count)
  }
}
