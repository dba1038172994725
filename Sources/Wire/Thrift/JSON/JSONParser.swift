/// Reads JSON text as a tree.
///
/// It takes words such as `NaN`, `Infinity` and `inf` for numbers, since libraries in Python write them.
struct JSONParser {
  private var cursor: JSONCursor
  private let limits: ThriftLimits
  private var depth = 0
  private var values = 0

  init(at place: Int, _ limits: ThriftLimits) {
    cursor = JSONCursor(place)
    self.limits = limits
  }

  var place: Int { cursor.place }

  mutating func node(_ bytes: Span<UInt8>) throws(ThriftError) -> JSONNode {
    try limits.add(1, to: &values, at: place)
    switch cursor.peek(bytes) {
    case nil: throw truncated
    case 0x22: return .text(try text(bytes))
    case 0x5B: return .array(try array(bytes))
    case 0x7B: return .object(try object(bytes))
    default: return try word(bytes)
    }
  }

  private var truncated: ThriftError { .truncated(needs: place + 1, at: place) }

  private mutating func text(_ bytes: Span<UInt8>) throws(ThriftError) -> String {
    guard let text = try cursor.text(bytes, limit: limits.stringSize) else { throw truncated }
    return text
  }

  private mutating func array(_ bytes: Span<UInt8>) throws(ThriftError) -> [JSONNode] {
    var nodes: [JSONNode] = []
    try open(0x5B, bytes)
    if try accept(0x5D, bytes) { return nodes }
    repeat {
      try check(nodes.count)
      nodes.append(try node(bytes))
    } while try accept(0x2C, bytes)
    try close(0x5D, bytes)
    return nodes
  }

  private mutating func object(_ bytes: Span<UInt8>) throws(ThriftError) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    try open(0x7B, bytes)
    if try accept(0x7D, bytes) { return members }
    repeat {
      try check(members.count)
      let key = try text(bytes)
      guard try cursor.expect(0x3A, bytes) != nil else { throw truncated }
      members.append(JSONNode.Member(key: key, value: try node(bytes)))
    } while try accept(0x2C, bytes)
    try close(0x7D, bytes)
    return members
  }

  private mutating func word(_ bytes: Span<UInt8>) throws(ThriftError) -> JSONNode {
    let start = place
    guard let range = try cursor.word(bytes) else { throw truncated }
    let word = bytes.text(range) ?? ""
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "NaN", "nan": return .real(.nan)
    case "Infinity", "inf": return .real(.infinity)
    case "-Infinity", "-inf": return .real(-.infinity)
    default: break
    }
    if let number = Int64(word) { return .integer(number) }
    // What `Double` takes besides JSON's numbers begins with a letter or is hexadecimal.
    guard word.utf8.allSatisfy({ 0x2B...0x39 ~= $0 || $0 | 0x20 == 0x65 }), let number = Double(word) else {
      throw ThriftError(.malformed, "\"\(word.prefix(32))\" is not a JSON value", at: start)
    }
    return .real(number)
  }

  private mutating func open(_ byte: UInt8, _ bytes: Span<UInt8>) throws(ThriftError) {
    guard depth < JSONNode.depth(limits) else { throw .tooDeep(limits, at: place) }
    depth += 1
    guard try cursor.expect(byte, bytes) != nil else { throw truncated }
  }

  private mutating func close(_ byte: UInt8, _ bytes: Span<UInt8>) throws(ThriftError) {
    guard try cursor.expect(byte, bytes) != nil else { throw truncated }
    depth -= 1
  }

  /// Passes a byte if it is next; one that closes a bracket ends its depth.
  private mutating func accept(_ byte: UInt8, _ bytes: Span<UInt8>) throws(ThriftError) -> Bool {
    guard let isThere = cursor.accept(byte, bytes) else { throw truncated }
    if isThere, byte != 0x2C { depth -= 1 }
    return isThere
  }

  private func check(_ count: Int) throws(ThriftError) {
    // The types and the count of a list or map come before its elements.
    guard count >= limits.containerCount + 4 else { return }
    throw ThriftError(
      .limit, "a container has more elements than the \(limits.containerCount) allowed", at: place)
  }
}
