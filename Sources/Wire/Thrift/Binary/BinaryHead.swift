/// The heads of the binary protocol.
///
/// A strict one is a version and the type, then the name and the sequence ID; an old one is the name, the type in one
/// byte and the sequence ID. A name's size is never negative, and a version always is.
enum BinaryHead {
  static let version: UInt32 = 0x8001_0000
  /// Longer names are nobody's; the limit keeps a lying size from being waited for.
  static let nameLimit = 4096

  static func find(
    in bytes: Span<UInt8>, at start: Int, limits: ThriftLimits
  ) throws(ThriftError) -> ThriftHeadSearch {
    guard bytes.count - start >= 4 else { return .needMore(atLeast: 4) }
    let first = bytes.word32(at: start)
    let isStrict = first & 0x8000_0000 != 0
    guard !isStrict || first & 0xFFFF_0000 == version else {
      throw ThriftError(
        .malformed, "the version 0x\(String(first >> 16, radix: 16)) is not the binary protocol's 0x8001", at: start)
    }
    guard !isStrict || bytes.count - start >= 8 else { return .needMore(atLeast: 8) }
    let size = isStrict ? bytes.word32(at: start + 4) : first
    guard size <= min(nameLimit, limits.stringSize) else {
      throw ThriftError(.limit, "a method's name has \(size) bytes", at: start)
    }
    let name = start + (isStrict ? 8 : 4)
    let end = name + Int(size) + (isStrict ? 4 : 5)
    guard bytes.count >= end else { return .needMore(atLeast: end - start) }
    let code = isStrict ? UInt8(truncatingIfNeeded: first) : bytes[end - 5]
    guard let type = ThriftMessageType(rawValue: code) else { throw .messageType(Int(code), at: start) }
    guard let text = bytes.text(name..<(name + Int(size))) else {
      throw ThriftError(.malformed, "the method's name is not valid UTF-8", at: name)
    }
    let id = Int32(bitPattern: bytes.word32(at: end - 4))
    return .found(
      ThriftHeadPlace(
        head: ThriftMessageHead(text, type, sequenceID: id), extent: start..<end, sequenceID: (end - 4)..<end))
  }

  static func append(_ head: ThriftMessageHead, isStrict: Bool, to bytes: inout [UInt8]) {
    if isStrict { bytes.append(word32: version | UInt32(head.type.rawValue)) }
    bytes.append(word32: UInt32(truncatingIfNeeded: head.name.utf8.count))
    bytes.append(contentsOf: head.name.utf8)
    if !isStrict { bytes.append(head.type.rawValue) }
    bytes.append(word32: UInt32(bitPattern: head.sequenceID))
  }
}
