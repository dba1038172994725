internal import MusterThrift

extension ThriftResolver {
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
  mutating func structure(
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
