internal import MusterThrift

extension ThriftResolver {
  /// The value of a type that a literal stands for.
  mutating func value(
    _ literal: ThriftLiteral, _ type: ThriftFieldType, _ file: Int, depth: Int = 1
  ) throws(ThriftIDLError) -> ThriftValue {
    values += 1
    guard values <= limits.partCount, depth <= limits.depth else {
      throw ThriftIDLError(
        .limit, "values nest deeper than \(limits.depth), or there are more than \(limits.partCount)", at: literal.place
      )
    }
    if case .name(let name) = literal.kind, name != "true", name != "false" {
      return try named(name, literal, type, file, depth: depth)
    }
    switch type {
    case .base(let base):
      guard let value = literal.scalar(base) else { throw mismatch(literal, type) }
      return value
    case .enumeration(let name):
      guard case .integer(let number) = literal.kind, let exact = Int32(exactly: number),
        result.enumerations[name]?.name(of: exact) != nil
      else { throw mismatch(literal, type) }
      return .i32(exact)
    case .structure(let name): return .structure(try structure(literal, name, file, depth: depth))
    case .list(let element): return .list(try elements(literal, type, element, file, depth: depth))
    case .set(let element): return .set(try elements(literal, type, element, file, depth: depth))
    case .map(let key, let value): return .map(try map(literal, key, value, file, depth: depth))
    }
  }

  func mismatch(_ literal: ThriftLiteral, _ type: ThriftFieldType) -> ThriftIDLError {
    var expected = "a value of the type \(type)"
    if case .enumeration(let name) = type, let members = result.enumerations[name]?.members {
      expected += " (\(members.prefix(8).map(\.name).joined(separator: ", "))\(members.count > 8 ? ", …" : ""))"
    }
    return ThriftIDLError(.value, "expected \(expected), found \(literal.name)", at: literal.place)
  }

  /// What a name stands for: a constant, or an enum's member.
  private mutating func named(
    _ name: String, _ literal: ThriftLiteral, _ type: ThriftFieldType, _ file: Int, depth: Int
  ) throws(ThriftIDLError) -> ThriftValue {
    if let (full, entry) = find(name, from: file) {
      guard case .constant(_, let value) = entry.definition.kind else { throw mismatch(literal, type) }
      try begin(full, at: literal.place)
      do throws(ThriftIDLError) {
        let result = try self.value(value, type, entry.file, depth: depth + 1)
        open.removeLast()
        return result
      } catch {
        throw error.within(files[entry.file].path)
      }
    }
    guard let point = name.lastIndex(of: "."), let (full, _) = find(String(name[..<point]), from: file),
      let enumeration = result.enumerations[full]
    else { throw unknown(name, "a value of the type \(type)", at: literal.place, from: file) }
    guard let number = enumeration.number(of: String(name[name.index(after: point)...])) else {
      throw mismatch(literal, .enumeration(full))
    }
    switch type {
    case .enumeration(full): return .i32(number)
    case .base(let base):
      guard let value = ThriftLiteral(kind: .integer(Int64(number)), place: literal.place).scalar(base) else {
        throw mismatch(literal, type)
      }
      return value
    default: throw mismatch(literal, type)
    }
  }

  private mutating func elements(
    _ literal: ThriftLiteral, _ type: ThriftFieldType, _ element: ThriftFieldType, _ file: Int, depth: Int
  ) throws(ThriftIDLError) -> ThriftElements {
    var elements = ThriftElements(of: element.type)
    switch literal.kind {
    case .list(let parts):
      for part in parts { elements.values.append(try value(part, element, file, depth: depth + 1)) }
    // An empty set may be written as an empty map.
    case .map(let pairs) where pairs.isEmpty: break
    default: throw mismatch(literal, type)
    }
    return elements
  }

  private mutating func map(
    _ literal: ThriftLiteral, _ key: ThriftFieldType, _ value: ThriftFieldType, _ file: Int, depth: Int
  ) throws(ThriftIDLError) -> ThriftMap {
    var map = ThriftMap(from: key.type, to: value.type)
    guard case .map(let pairs) = literal.kind else { throw mismatch(literal, .map(key, value)) }
    // Text that only looks the same is one key in Swift, whose literals must not have a key twice.
    var (keys, texts) = (Set<ThriftValue>(), Set<String>())
    for pair in pairs {
      let found = try self.value(pair.key, key, file, depth: depth + 1)
      var isNew = keys.insert(found).inserted
      if case .string(let text) = found { isNew = texts.insert(text).inserted && isNew }
      guard isNew else {
        throw ThriftIDLError(.duplicate, "\(pair.key.name) is a key already", at: pair.key.place)
      }
      map.entries.append(.init(found, try self.value(pair.value, value, file, depth: depth + 1)))
    }
    return map
  }
}
