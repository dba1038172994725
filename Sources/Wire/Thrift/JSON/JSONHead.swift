/// The heads of Apache's JSON protocol: an array's first elements, up to the comma before the message's struct.
enum JSONHead {
  static let version: Int64 = 1

  static func find(in bytes: Span<UInt8>, limits: ThriftLimits) throws(ThriftError) -> ThriftHeadSearch {
    var cursor = JSONCursor(0)
    let needMore = ThriftHeadSearch.needMore(atLeast: bytes.count + 1)
    let comma: UInt8 = 0x2C
    guard try cursor.expect(0x5B, bytes) != nil, let found = try cursor.integer(bytes, "the version") else {
      return try wait(needMore, bytes)
    }
    guard found == version else {
      throw ThriftError(.malformed, "the version \(found) is not the JSON protocol's 1", at: 0)
    }
    guard try cursor.expect(comma, bytes) != nil,
      let name = try cursor.text(bytes, limit: min(BinaryHead.nameLimit, limits.stringSize)),
      try cursor.expect(comma, bytes) != nil, let code = try cursor.integer(bytes, "the message type"),
      try cursor.expect(comma, bytes) != nil, let id = try cursor.integer(bytes, "the sequence ID"),
      try cursor.expect(comma, bytes) != nil
    else { return try wait(needMore, bytes) }
    let head = try Self.head(name, code, id, at: cursor.place)
    return .found(ThriftHeadPlace(head: head, extent: 0..<cursor.place, sequenceID: nil))
  }

  /// A head of numbers as they were read.
  static func head(
    _ name: String, _ code: Int64, _ id: Int64, at place: Int
  ) throws(ThriftError) -> ThriftMessageHead {
    guard let type = UInt8(exactly: code).flatMap({ ThriftMessageType(rawValue: $0) }) else {
      throw .messageType(Int(code), at: place)
    }
    guard let id = Int32(exactly: id) else {
      throw ThriftError(.malformed, "the sequence ID \(id) has more than 32 bits", at: place)
    }
    return ThriftMessageHead(name, type, sequenceID: id)
  }

  static func append(_ head: ThriftMessageHead, to bytes: inout [UInt8]) {
    bytes += [0x5B, 0x31, 0x2C]
    JSONText.append(head.name, to: &bytes)
    bytes.append(0x2C)
    JSONText.append(head.type.rawValue, to: &bytes)
    bytes.append(0x2C)
    JSONText.append(head.sequenceID, to: &bytes)
    bytes.append(0x2C)
  }

  private static func wait(
    _ search: ThriftHeadSearch, _ bytes: Span<UInt8>
  ) throws(ThriftError) -> ThriftHeadSearch {
    // Every letter of a name may be escaped.
    let most = BinaryHead.nameLimit * 6
    guard bytes.count > most else { return search }
    throw ThriftError(.limit, "a message's head has \(bytes.count) bytes or more; at most \(most) are allowed", at: 0)
  }
}
