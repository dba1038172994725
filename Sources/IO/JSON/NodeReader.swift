internal import CSimdJSON

/// Builds values from the nodes of a parsed text, in one pass over them.
@safe struct NodeReader {
  private var next: UnsafePointer<csimdjson_node>

  /// Begins at a node that the rest of its value follows.
  init(_ root: UnsafePointer<csimdjson_node>) {
    unsafe next = root
  }

  /// The next value with all that is in it. Recursive: the depth is limited.
  mutating func value() -> JSON {
    let node = unsafe take()
    switch unsafe csimdjson_kind(node.kind) {
    case CSIMDJSON_STRING: return .string(unsafe Self.text(of: node))
    case CSIMDJSON_INTEGER: return .integer(unsafe node.integer)
    case CSIMDJSON_OBJECT: return .object(members(unsafe Int(node.count)))
    case CSIMDJSON_ARRAY: return .array(elements(unsafe Int(node.count)))
    case CSIMDJSON_TRUE: return .bool(true)
    case CSIMDJSON_FALSE: return .bool(false)
    case CSIMDJSON_NUMBER: return .number(unsafe node.number)
    default: return .null
    }
  }

  private mutating func take() -> csimdjson_node {
    let node = unsafe next.pointee
    unsafe next += 1
    return unsafe node
  }

  private mutating func elements(_ count: Int) -> [JSON] {
    var elements: [JSON] = []
    elements.reserveCapacity(count)
    for _ in 0..<count { elements.append(value()) }
    return elements
  }

  private mutating func members(_ count: Int) -> [JSON.Member] {
    var members: [JSON.Member] = []
    members.reserveCapacity(count)
    var places = KeyPlaces(of: count)
    for _ in 0..<count {
      let key = unsafe take()
      let bytes = unsafe UnsafeRawBufferPointer(start: key.text, count: Int(key.count))
      if let place = unsafe places.find(bytes, among: members) {
        members[place].value = value()
      } else {
        members.append(JSON.Member(key: unsafe Self.text(of: key), value: value()))
      }
    }
    return members
  }

  private static func text(of node: csimdjson_node) -> String {
    unsafe String(decoding: UnsafeBufferPointer(start: node.text, count: Int(node.count)), as: UTF8.self)
  }
}
