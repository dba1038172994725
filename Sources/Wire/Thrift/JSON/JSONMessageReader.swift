/// Reads values of Apache's JSON protocol from a tree.
struct JSONMessageReader {
  let limits: ThriftLimits
  let shapes: ThriftShapes?

  func message(_ bytes: Span<UInt8>) throws(ThriftError) -> ThriftMessage {
    guard case .found(let place) = try JSONHead.find(in: bytes, limits: limits) else {
      throw .truncated(needs: bytes.count + 1, at: bytes.count)
    }
    var parser = JSONParser(at: place.extent.upperBound, limits)
    let body = try parser.node(bytes)
    var end = JSONCursor(parser.place)
    guard try end.expect(0x5D, bytes) != nil else { throw .truncated(needs: bytes.count + 1, at: bytes.count) }
    return ThriftMessage(place.head, try structure(body, shapes?.root, depth: 1))
  }

  private func structure(_ node: JSONNode, _ name: String?, depth: Int) throws(ThriftError) -> ThriftStruct {
    guard depth <= limits.depth else { throw .tooDeep(limits) }
    guard case .object(let members) = node else {
      throw ThriftError(.malformed, "\(node.kind) was found where a struct was expected")
    }
    var fields: [ThriftField] = []
    for member in members {
      guard let id = Int16(member.key), case .object(let typed) = member.value, let only = typed.first, typed.count == 1
      else {
        throw ThriftError(.malformed, "\"\(member.key.prefix(32))\" is not a field's number before one type and value")
      }
      let shape = name.flatMap { shapes?.field(id, of: $0)?.shape }
      fields.append(ThriftField(id, try value(only.value, try ThriftType(jsonName: only.key), shape, depth: depth)))
    }
    return ThriftStruct(fields)
  }

  private func value(
    _ node: JSONNode, _ type: ThriftType, _ shape: ThriftShape?, depth: Int
  ) throws(ThriftError) -> ThriftValue {
    switch type {
    case .structure: .structure(try structure(node, shape?.structure, depth: depth + 1))
    case .list: .list(try elements(node, shape?.element, depth: depth + 1))
    case .set: .set(try elements(node, shape?.element, depth: depth + 1))
    case .map: .map(try map(node, shape?.entry, depth: depth + 1))
    default: try JSONScalar.value(node, type, isBinary: shape == .binary)
    }
  }

  private func elements(
    _ node: JSONNode, _ shape: ThriftShape?, depth: Int
  ) throws(ThriftError) -> ThriftElements {
    guard depth <= limits.depth else { throw .tooDeep(limits) }
    guard let parts = node.array, parts.count >= 2, let count = parts[1].integer, Int(count) == parts.count - 2 else {
      throw ThriftError(.malformed, "a list or set is not an array of a type, a count and so many elements")
    }
    try limits.check(elements: parts.count - 2)
    let type = try ThriftType(jsonName: parts[0].text)
    var values: [ThriftValue] = []
    values.reserveCapacity(parts.count)
    for part in parts.dropFirst(2) { values.append(try value(part, type, shape, depth: depth)) }
    return ThriftElements(of: type, values)
  }

  private func map(
    _ node: JSONNode, _ shape: (key: ThriftShape, value: ThriftShape)?, depth: Int
  ) throws(ThriftError) -> ThriftMap {
    guard depth <= limits.depth else { throw .tooDeep(limits) }
    guard let parts = node.array, parts.count == 4, let count = parts[2].integer, case .object(let members) = parts[3],
      Int(count) == members.count
    else {
      throw ThriftError(.malformed, "a map is not an array of two types, a count and an object of so many members")
    }
    try limits.check(elements: members.count)
    let keyType = try ThriftType(jsonName: parts[0].text)
    let valueType = try ThriftType(jsonName: parts[1].text)
    var entries: [ThriftMap.Entry] = []
    entries.reserveCapacity(members.count)
    for member in members {
      let key = try JSONScalar.key(member.key, keyType, isBinary: shape?.key == .binary)
      entries.append(ThriftMap.Entry(key, try value(member.value, valueType, shape?.value, depth: depth)))
    }
    return ThriftMap(from: keyType, to: valueType, entries)
  }
}
