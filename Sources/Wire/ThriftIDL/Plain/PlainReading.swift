internal import MusterThrift

/// Makes values for messages of plain ones, and checks them against a definition.
struct PlainReading {
  let schema: ThriftSchema
  /// Where in the plain value it is, from the outside in.
  var path: [String]

  init(_ schema: ThriftSchema, _ root: String) {
    self.schema = schema
    path = [root]
  }

  /// A struct from an object of its fields by name.
  mutating func structure(_ plain: ThriftPlain, _ name: String) throws(ThriftError) -> ThriftStruct {
    guard let definition = schema.structures[name] else { throw refusal("\(name) is not defined") }
    guard case .object(let members) = plain else {
      throw refusal("expected an object of the fields of \(name), found \(plain.name)")
    }
    let isUnion = definition.kind == .union
    if isUnion, members.filter({ $0.value != .null }).count != 1 {
      throw refusal("expected an object of one field of the union \(name): \(Self.list(definition.fields.map(\.name)))")
    }
    return try fields(members, definition.fields, needsAll: false, in: name)
  }

  /// The fields that are given, and those that have a value if none is given. Where all are needed, as among arguments,
  /// every field has to be there that is not optional.
  mutating func fields(
    _ members: [ThriftPlain.Member], _ fields: [ThriftStructure.Field], needsAll: Bool, in name: String
  ) throws(ThriftError) -> ThriftStruct {
    var given: [String: ThriftPlain] = [:]
    for member in members {
      guard fields.contains(where: { $0.name == member.name }) else {
        throw refusal("\"\(member.name.prefix(40))\" is not one of \(name): \(Self.list(fields.map(\.name)))")
      }
      guard given.updateValue(member.value, forKey: member.name) == nil else {
        throw refusal("\"\(member.name)\" is there twice")
      }
    }
    var structure = ThriftStruct()
    for field in fields {
      if let plain = given[field.name], plain != .null {
        path.append(field.name)
        structure.fields.append(ThriftField(field.id, try value(plain, field.type)))
        path.removeLast()
      } else if field.requirement == .required || needsAll && field.requirement == .usual && field.value == nil {
        // Null says that a field shall be left out, where that is allowed.
        guard given[field.name] == .null, field.requirement != .required else {
          throw refusal("\"\(field.name)\" (\(field.type)) is missing")
        }
      } else if let usual = field.value, given[field.name] == nil {
        structure.fields.append(ThriftField(field.id, usual))
      }
    }
    return structure
  }

  func refusal(_ message: String) -> ThriftError {
    var place = path[0]
    for part in path.dropFirst() { place += part.hasPrefix("[") ? part : ".\(part)" }
    return ThriftError(.malformed, "\(place): \(message)")
  }

  /// Names in an error; the first of many.
  static func list(_ names: [String]) -> String {
    if names.isEmpty { return "there are none" }
    return names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}
