/// The heads of the compact protocol: a mark, version and type in one byte, the sequence ID and the name.
enum CompactHead {
  static let mark: UInt8 = 0x82
  static let version: UInt8 = 1
  static let versionMask: UInt8 = 0x1F

  static func find(
    in bytes: Span<UInt8>, at start: Int, limits: ThriftLimits
  ) throws(ThriftError) -> ThriftHeadSearch {
    guard bytes.count - start >= 2 else { return .needMore(atLeast: 2) }
    guard bytes[start] == mark, bytes[start + 1] & versionMask == version else {
      let found = String(UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1]), radix: 16)
      throw ThriftError(.malformed, "0x\(found) does not begin a message of the compact protocol", at: start)
    }
    let code = bytes[start + 1] >> 5
    guard let type = ThriftMessageType(rawValue: code) else { throw .messageType(Int(code), at: start + 1) }
    var at = start + 2
    guard let id = try Varint.find(bytes, &at, bits: 32), let size = try Varint.find(bytes, &at, bits: 32) else {
      return .needMore(atLeast: bytes.count - start + 1)
    }
    guard size <= min(BinaryHead.nameLimit, limits.stringSize) else {
      throw ThriftError(.limit, "a method's name has \(size) bytes", at: at)
    }
    let end = at + Int(size)
    guard end <= bytes.count else { return .needMore(atLeast: end - start) }
    guard let name = bytes.text(at..<end) else {
      throw ThriftError(.malformed, "the method's name is not valid UTF-8", at: at)
    }
    let head = ThriftMessageHead(name, type, sequenceID: Int32(truncatingIfNeeded: id))
    return .found(ThriftHeadPlace(head: head, extent: start..<end, sequenceID: nil))
  }

  static func append(_ head: ThriftMessageHead, to bytes: inout [UInt8]) {
    bytes.append(mark)
    bytes.append(version | head.type.rawValue << 5)
    bytes.append(varint: UInt64(UInt32(bitPattern: head.sequenceID)))
    bytes.append(varint: UInt64(head.name.utf8.count))
    bytes.append(contentsOf: head.name.utf8)
  }
}
