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

  private func mismatch(_ literal: ThriftLiteral, _ type: ThriftFieldType) -> ThriftIDLError {
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
    var keys: Set<ThriftValue> = []
    for pair in pairs {
      let found = try self.value(pair.key, key, file, depth: depth + 1)
      guard keys.insert(found).inserted else {
        throw ThriftIDLError(.duplicate, "\(pair.key.name) is a key already", at: pair.key.place)
      }
      map.entries.append(.init(found, try self.value(pair.value, value, file, depth: depth + 1)))
    }
    return map
  }

  /// The value that a field has if none is given, which may be written in another file.
  private mutating func usual(
    _ literal: ThriftLiteral, _ type: ThriftFieldType, _ home: Int, depth: Int
  ) throws(ThriftIDLError) -> ThriftValue {
    do throws(ThriftIDLError) {
      return try value(literal, type, home, depth: depth)
    } catch {
      throw error.within(files[home].path)
    }
  }

  /// A struct from a map of its fields' names; fields that are left out have the value that they have if none is given.
  private mutating func structure(
    _ literal: ThriftLiteral, _ name: String, _ file: Int, depth: Int
  ) throws(ThriftIDLError) -> ThriftStruct {
    guard case .map(let pairs) = literal.kind, let fields = fields[name],
      case .structure(let kind, _)? = entries[name]?.definition.kind, let home = entries[name]?.file
    else { throw mismatch(literal, .structure(name)) }
    var given: [String: ThriftLiteral] = [:]
    for pair in pairs {
      guard case .string(let key) = pair.key.kind, fields.contains(where: { $0.definition.name == key }) else {
        throw ThriftIDLError(
          .value, "expected the name of a field of \(name) in quotes, found \(pair.key.name)", at: pair.key.place)
      }
      guard given.updateValue(pair.value, forKey: key) == nil else {
        throw ThriftIDLError(.duplicate, "the field \"\(key)\" is there already", at: pair.key.place)
      }
    }
    guard kind != .union || given.count == 1 else {
      throw ThriftIDLError(.value, "expected one field of the union \(name), found \(given.count)", at: literal.place)
    }
    var structure = ThriftStruct()
    for field in fields {
      let definition = field.definition
      if let written = given[definition.name] {
        let value = try value(written, field.type, file, depth: depth + 1)
        structure.fields.append(ThriftField(definition.id, value))
      } else if kind != .union, let usual = definition.value {
        structure.fields.append(ThriftField(definition.id, try self.usual(usual, field.type, home, depth: depth + 1)))
      } else if kind != .union, definition.requirement == .required {
        throw ThriftIDLError(
          .value, "the field \"\(definition.name)\" of \(name) is required, and missing", at: literal.place)
      }
    }
    return structure
  }
}

extension ThriftLiteral {
  /// The value that it stands for without anything else.
  func scalar(_ type: ThriftBaseType) -> ThriftValue? {
    switch (type, kind) {
    case (.bool, .integer(let number)) where number == 0 || number == 1: .bool(number == 1)
    case (.bool, .name(let name)): name == "true" ? .bool(true) : name == "false" ? .bool(false) : nil
    case (.i8, .integer(let number)): Int8(exactly: number).map { .byte($0) }
    case (.i16, .integer(let number)): Int16(exactly: number).map { .i16($0) }
    case (.i32, .integer(let number)): Int32(exactly: number).map { .i32($0) }
    case (.i64, .integer(let number)): .i64(number)
    case (.double, .integer(let number)): .double(Double(number))
    case (.double, .double(let number)): .double(number)
    case (.string, .string(let text)): .string(text)
    case (.binary, .string(let text)): .binary(Array(text.utf8))
    default: nil
    }
  }

  /// How it is named in an error.
  var name: String {
    switch kind {
    case .integer(let number): "the number \(number)"
    case .double(let number): "the number \(number)"
    case .string(let text): "the text \"\(text.prefix(40))\""
    case .name(let name): "'\(name.prefix(40))'"
    case .list: "a list"
    case .map: "a map"
    }
  }
}
