extension ThriftHeader {
  static let magic: UInt16 = 0x0FFF
  /// Magic, flags, sequence ID and the size of what follows them.
  static let fixedSize = 10
  /// The number of the one kind of information that there is: pairs.
  static let infoKind: UInt64 = 1

  /// Reads what a frame begins with after its size; where the message begins.
  static func read(
    _ bytes: Span<UInt8>, _ frame: Range<Int>
  ) throws(ThriftError) -> (header: ThriftHeader, message: Int) {
    let start = frame.lowerBound
    guard frame.count >= fixedSize, bytes.word16(at: start) == magic else {
      throw ThriftError(.malformed, "the frame does not begin with THeader's 0x0fff", at: start)
    }
    let message = start + fixedSize + Int(bytes.word16(at: start + 8)) * 4
    guard message <= frame.upperBound else {
      throw ThriftError(.malformed, "a head of \(message - start) bytes is longer than its frame", at: start)
    }
    // Cut off where the head ends, so that nothing in it can reach into the message.
    let head = bytes.extracting(0..<message)
    var place = start + fixedSize
    var header = ThriftHeader(try kind(try number(head, &place), at: place))
    header.flags = bytes.word16(at: start + 2)
    header.sequenceID = Int32(bitPattern: bytes.word32(at: start + 4))
    try refuseTransforms(head, &place)
    try header.readInfo(head, &place)
    return (header, message)
  }

  static func kind(_ number: UInt64, at place: Int) throws(ThriftError) -> ThriftProtocol {
    switch number {
    case 0: return .binary
    case 2: return .compact
    default:
      throw ThriftError(.unsupported, "THeader's protocol \(number) is not 0 (binary) or 2 (compact)", at: place)
    }
  }

  private static func refuseTransforms(_ head: Span<UInt8>, _ place: inout Int) throws(ThriftError) {
    guard try number(head, &place) > 0 else { return }
    let transform = try number(head, &place)
    let name = transform == 1 ? "1 (zlib)" : "\(transform)"
    throw ThriftError(.unsupported, "THeader's transform \(name) is not supported: send without transforms", at: place)
  }

  private mutating func readInfo(_ head: Span<UInt8>, _ place: inout Int) throws(ThriftError) {
    // What comes after pairs is padding, which is 0, or of a kind that may be ignored.
    while place < head.count, try Self.number(head, &place) == Self.infoKind {
      for _ in 0..<(try Self.number(head, &place)) {
        let key = try Self.text(head, &place)
        info.append(Info(key, try Self.text(head, &place)))
      }
    }
  }

  private static func number(_ head: Span<UInt8>, _ place: inout Int) throws(ThriftError) -> UInt64 {
    guard let number = try Varint.find(head, &place, bits: 32) else {
      throw ThriftError(.malformed, "a frame's head ends within a number", at: place)
    }
    return number
  }

  private static func text(_ head: Span<UInt8>, _ place: inout Int) throws(ThriftError) -> [UInt8] {
    let size = try number(head, &place)
    guard size <= head.count - place else {
      throw ThriftError(.malformed, "a text of \(size) bytes is longer than the frame's head", at: place)
    }
    defer { place += Int(size) }
    return head.array(place..<(place + Int(size)))
  }
}
