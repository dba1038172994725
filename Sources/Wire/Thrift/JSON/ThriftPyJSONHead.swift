/// The heads of ThriftPy's own JSON protocol: the `metadata` of an object whose size comes before it.
enum ThriftPyJSONHead {
  static let sizeBytes = 4

  /// The message's length, with its size; nil if the bytes do not say it yet.
  static func length(_ bytes: Span<UInt8>, _ limits: ThriftLimits) throws(ThriftError) -> Int? {
    guard bytes.count >= sizeBytes else { return nil }
    let length = Int(bytes.word32(at: 0)) + sizeBytes
    try limits.check(message: length)
    return length
  }

  /// Finds the head, which needs the whole message: an object's members have no order.
  static func find(in bytes: Span<UInt8>, limits: ThriftLimits) throws(ThriftError) -> ThriftHeadSearch {
    guard let length = try length(bytes, limits) else { return .needMore(atLeast: sizeBytes) }
    guard bytes.count >= length else { return .needMore(atLeast: length) }
    let object = bytes.extracting(0..<length)
    var cursor = JSONCursor(sizeBytes)
    guard try cursor.expect(0x7B, object) != nil else { throw .truncated(needs: length + 1, at: length) }
    repeat {
      guard let key = try cursor.text(object, limit: limits.stringSize), try cursor.expect(0x3A, object) != nil,
        cursor.peek(object) != nil
      else { break }
      let start = cursor.place
      var parser = JSONParser(at: start, limits)
      if key == "metadata" {
        let head = try head(try parser.node(object), at: start)
        return .found(ThriftHeadPlace(head: head, extent: start..<parser.place, sequenceID: nil))
      }
      try skip(&cursor, object, limits)
    } while cursor.accept(0x2C, object) == true
    throw ThriftError(.malformed, "the message has no \"metadata\"", at: 0)
  }

  static func append(_ head: ThriftMessageHead, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"version\": 1, \"name\": ".utf8)
    JSONText.append(head.name, to: &bytes)
    bytes.append(contentsOf: ", \"ttype\": \(head.type.rawValue), \"seqid\": \(head.sequenceID)}".utf8)
  }

  private static func head(_ node: JSONNode, at place: Int) throws(ThriftError) -> ThriftMessageHead {
    guard node["version"]?.integer == JSONHead.version, let name = node["name"]?.text,
      let code = node["ttype"]?.integer, let id = node["seqid"]?.integer
    else {
      throw ThriftError(
        .malformed, "\"metadata\" needs a \"version\" of 1, a \"name\", a \"ttype\" and a \"seqid\"", at: place)
    }
    guard name.utf8.count <= BinaryHead.nameLimit else {
      throw ThriftError(.limit, "a method's name has \(name.utf8.count) bytes", at: place)
    }
    return try JSONHead.head(name, code, id, at: place)
  }

  /// Passes a value without building it.
  private static func skip(
    _ cursor: inout JSONCursor, _ bytes: Span<UInt8>, _ limits: ThriftLimits
  ) throws(ThriftError) {
    let start = cursor.place
    guard bytes[start] == 0x7B || bytes[start] == 0x5B else {
      let isPassed = bytes[start] == 0x22 ? try cursor.string(bytes) != nil : try cursor.word(bytes) != nil
      guard isPassed else { throw .truncated(needs: bytes.count + 1, at: start) }
      return
    }
    var scan = JSONScan()
    scan.begin(at: start + 1, depth: 1)
    guard try scan.run(bytes, limits) else { throw .truncated(needs: bytes.count + 1, at: start) }
    cursor = JSONCursor(scan.place)
  }
}
