internal import MusterThrift

extension ThriftResolver {
  /// Looks up what values depend on.
  mutating func declare(_ definition: ThriftDefinition, _ file: Int) throws(ThriftIDLError) {
    let name = fullName(definition.name, file)
    switch definition.kind {
    case .enumeration(let members):
      try refuseTwice(members.map { ($0.name, $0.place) }, "member")
      let enumeration = ThriftEnumeration(
        name: name, members: members, comment: definition.comment, annotations: definition.annotations)
      result.enumerations[name] = enumeration
      result.files[file].enumerations.append(enumeration)
    case .structure(_, let fields): self.fields[name] = try typed(fields, file)
    case .alias:
      let type = try type(ThriftTypeName(kind: .named(definition.name), place: definition.place), file)
      result.files[file].aliases.append(.init(name: name, type: type, comment: definition.comment))
    case .constant, .service: break
    }
  }

  /// Looks up the rest.
  mutating func define(_ definition: ThriftDefinition, _ file: Int) throws(ThriftIDLError) {
    let name = fullName(definition.name, file)
    switch definition.kind {
    case .structure(let kind, _):
      let structure = ThriftStructure(
        name: name, kind: kind, fields: try complete(fields[name] ?? [], in: kind, file), comment: definition.comment,
        annotations: definition.annotations)
      result.structures[name] = structure
      result.files[file].structures.append(structure)
    case .constant(let type, let literal):
      let type = try self.type(type, file)
      try begin(name, at: definition.place)
      let value = try value(literal, type, file)
      open.removeLast()
      result.files[file].constants.append(.init(name: name, type: type, value: value, comment: definition.comment))
    case .service(let service): try define(service, definition, file)
    case .enumeration, .alias: break
    }
  }

  /// The fields with their types; names and numbers have to differ.
  mutating func typed(_ fields: [ThriftFieldDefinition], _ file: Int) throws(ThriftIDLError) -> [TypedField] {
    try refuseTwice(fields.map { ($0.name, $0.place) }, "field")
    var ids: [Int16: ThriftFieldDefinition] = [:]
    var typed: [TypedField] = []
    for field in fields {
      if let other = ids.updateValue(field, forKey: field.id) {
        throw ThriftIDLError(
          .duplicate, "the field '\(field.name)' has the number \(field.id), as '\(other.name)' has", at: field.place)
      }
      typed.append(TypedField(definition: field, type: try type(field.type, file)))
    }
    return typed
  }

  /// The fields with their values. A union is what is set in it: its fields are all optional, without values.
  mutating func complete(
    _ fields: [TypedField], in kind: ThriftStructureKind, _ file: Int
  ) throws(ThriftIDLError) -> [ThriftStructure.Field] {
    var complete: [ThriftStructure.Field] = []
    for field in fields {
      let definition = field.definition
      var value: ThriftValue?
      if let literal = definition.value { value = try self.value(literal, field.type, file) }
      complete.append(
        ThriftStructure.Field(
          id: definition.id, name: definition.name, requirement: kind == .union ? .optional : definition.requirement,
          type: field.type, value: kind == .union ? nil : value, comment: definition.comment,
          annotations: definition.annotations))
    }
    return complete
  }

  func refuseTwice(_ names: [(name: String, place: ThriftPlace)], _ what: String) throws(ThriftIDLError) {
    var places: [String: ThriftPlace] = [:]
    for (name, place) in names {
      guard let other = places.updateValue(place, forKey: name) else { continue }
      throw ThriftIDLError(.duplicate, "the \(what) '\(name)' is there already, at line \(other.line)", at: place)
    }
  }
}
