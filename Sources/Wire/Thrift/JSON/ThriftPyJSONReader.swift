/// Reads values of ThriftPy's own JSON protocol, whose types only the shapes tell.
struct ThriftPyJSONReader {
  let limits: ThriftLimits
  let shapes: ThriftShapes

  func message(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMessage {
    guard case .found(let place) = try ThriftPyJSONHead.find(in: bytes, limits: limits),
      let length = try ThriftPyJSONHead.length(bytes, limits)
    else { throw .truncated(needs: bytes.count + 1, at: bytes.count) }
    var parser = JSONParser(at: ThriftPyJSONHead.sizeBytes, limits)
    guard let payload = try parser.node(bytes.extracting(0..<length))["payload"] else {
      throw ThriftError(.malformed, "the message has no \"payload\"", at: 0)
    }
    return ThriftMessage(place.head, try structure(payload, shapes.root, depth: 1))
  }

  /// Reads the fields that the shapes name; others are of no use without a type.
  private func structure(_ node: JSONNode, _ name: String, depth: Int) throws(ThriftError) -> ThriftStruct {
    guard depth <= limits.depth else { throw .tooDeep(limits) }
    guard case .object(let members) = node else {
      throw ThriftError(.malformed, "\(node.kind) was found where the struct \(name) was expected")
    }
    guard let shape = shapes.structures[name] else { throw Self.unknown(name) }
    var fields: [ThriftField] = []
    for member in members {
      guard let field = shape.first(where: { $0.name == member.key }) else { continue }
      if case .null = member.value { continue }
      fields.append(ThriftField(field.id, try value(member.value, field.shape, depth: depth)))
    }
    return ThriftStruct(fields)
  }

  private func value(_ node: JSONNode, _ shape: ThriftShape, depth: Int) throws(ThriftError) -> ThriftValue {
    switch shape {
    case .structure(let name): .structure(try structure(node, name, depth: depth + 1))
    case .list(let element): .list(try elements(node, element, depth: depth + 1))
    case .set(let element): .set(try elements(node, element, depth: depth + 1))
    case .map(let key, let value): .map(try map(node, key, value, depth: depth + 1))
    default: try JSONScalar.value(node, shape.type, isBinary: shape == .binary)
    }
  }

  private func elements(
    _ node: JSONNode, _ shape: ThriftShape, depth: Int
  ) throws(ThriftError) -> ThriftElements {
    var values: [ThriftValue] = []
    for part in try parts(node, depth) { values.append(try value(part, shape, depth: depth)) }
    return ThriftElements(of: shape.type, values)
  }

  private func map(
    _ node: JSONNode, _ key: ThriftShape, _ value: ThriftShape, depth: Int
  ) throws(ThriftError) -> ThriftMap {
    var entries: [ThriftMap.Entry] = []
    for part in try parts(node, depth) {
      guard let keyNode = part["key"], let valueNode = part["value"] else {
        throw ThriftError(.malformed, "an entry of a map is not an object with a \"key\" and a \"value\"")
      }
      let key = try self.value(keyNode, key, depth: depth)
      entries.append(ThriftMap.Entry(key, try self.value(valueNode, value, depth: depth)))
    }
    return ThriftMap(from: key.type, to: value.type, entries)
  }

  private func parts(_ node: JSONNode, _ depth: Int) throws(ThriftError) -> [JSONNode] {
    guard depth <= limits.depth else { throw .tooDeep(limits) }
    guard let parts = node.array else {
      throw ThriftError(.malformed, "\(node.kind) was found where an array was expected")
    }
    try limits.check(elements: parts.count)
    return parts
  }

  static func unknown(_ structure: String) -> ThriftError {
    ThriftError(.unsupported, "the shapes have no struct \"\(structure)\"")
  }
}
