extension ThriftResolver {
  mutating func define(
    _ service: ThriftServiceDefinition, _ definition: ThriftDefinition, _ file: Int
  ) throws(ThriftIDLError) {
    try refuseTwice(service.methods.map { ($0.name, $0.place) }, "method")
    let name = fullName(definition.name, file)
    let parent = try service.parent.map { (parent) throws(ThriftIDLError) in try self.parent(parent, file).name }
    try checkParents(of: name, service, file)
    var methods: [ThriftService.Method] = []
    for method in service.methods { methods.append(try self.method(method, of: name, file)) }
    let defined = ThriftService(
      name: name, parent: parent, methods: methods, comment: definition.comment, annotations: definition.annotations)
    result.services[name] = defined
    result.files[file].services.append(defined)
  }

  private func parent(
    _ written: ThriftTypeName, _ file: Int
  ) throws(ThriftIDLError) -> (name: String, service: ThriftServiceDefinition, file: Int) {
    guard case .named(let path) = written.kind, let (name, entry) = find(path, from: file),
      case .service(let service) = entry.definition.kind
    else {
      guard case .named(let path) = written.kind, let (_, entry) = find(path, from: file) else {
        throw unknown(written.name, "a service", at: written.place, from: file)
      }
      throw ThriftIDLError(
        .name, "expected a service, found the \(entry.definition.kindName) '\(path)'", at: written.place)
    }
    return (name, service, entry.file)
  }

  /// Refuses a service that extends itself, and a method that a parent has.
  private func checkParents(
    of name: String, _ service: ThriftServiceDefinition, _ file: Int
  ) throws(ThriftIDLError) {
    var (seen, next, home) = ([name], service, file)
    while let written = next.parent {
      let parent = try parent(written, home)
      guard !seen.contains(parent.name) else {
        let circle = (seen + [parent.name]).joined(separator: " extends ")
        throw ThriftIDLError(.name, "the service extends itself: \(circle)", at: written.place, in: files[home].path)
      }
      guard seen.count < limits.depth else {
        throw ThriftIDLError(
          .limit, "services extend each other in a chain of more than \(limits.depth)", at: written.place,
          in: files[home].path)
      }
      seen.append(parent.name)
      (next, home) = (parent.service, parent.file)
      for method in service.methods where next.methods.contains(where: { $0.name == method.name }) {
        throw ThriftIDLError(
          .duplicate, "the method '\(method.name)' is one of the service '\(parent.name)' already", at: method.place)
      }
    }
  }

  private mutating func method(
    _ method: ThriftMethodDefinition, of service: String, _ file: Int
  ) throws(ThriftIDLError) -> ThriftService.Method {
    let name = "\(service).\(method.name)"
    let arguments = ThriftStructure(
      name: "\(name).arguments", kind: .structure,
      fields: try complete(try typed(method.arguments, file), in: .structure, file), comment: nil, annotations: [])
    result.structures[arguments.name] = arguments
    let returns = try method.result.map { (type) throws(ThriftIDLError) in try self.type(type, file) }
    var answer: ThriftStructure?
    if !method.isOneway {
      var fields = try exceptions(method, file)
      if let returns { fields.insert(Self.optional(0, "success", returns), at: 0) }
      answer = ThriftStructure(name: "\(name).result", kind: .structure, fields: fields, comment: nil, annotations: [])
    }
    if let answer { result.structures[answer.name] = answer }
    return ThriftService.Method(
      name: method.name, isOneway: method.isOneway, isIdempotent: try isIdempotent(method), returns: returns,
      arguments: arguments, result: answer, comment: method.comment, annotations: method.annotations)
  }

  private static func optional(_ id: Int16, _ name: String, _ type: ThriftFieldType) -> ThriftStructure.Field {
    .init(id: id, name: name, requirement: .optional, type: type, value: nil, comment: nil, annotations: [])
  }

  private mutating func exceptions(
    _ method: ThriftMethodDefinition, _ file: Int
  ) throws(ThriftIDLError) -> [ThriftStructure.Field] {
    var fields: [ThriftStructure.Field] = []
    for field in try typed(method.exceptions, file) {
      guard case .structure(let name) = field.type,
        case .structure(.exception, _)? = entries[name]?.definition.kind
      else {
        throw ThriftIDLError(
          .name, "expected an exception, found the type \(field.type)", at: field.definition.type.place)
      }
      fields.append(Self.optional(field.definition.id, field.definition.name, field.type))
    }
    return fields
  }

  private func isIdempotent(_ method: ThriftMethodDefinition) throws(ThriftIDLError) -> Bool {
    guard let written = method.annotations.last(where: { $0.name == "idempotent" })?.value else { return false }
    switch written {
    case "true", "1": return true
    case "false", "0": return false
    default:
      throw ThriftIDLError(
        .value, "the method '\(method.name)' has idempotent = \"\(written)\"; \"true\" and \"false\" are allowed",
        at: method.place)
    }
  }
}

extension ThriftTypeName {
  /// The type as it is written.
  var name: String {
    switch kind {
    case .base(let base): base.rawValue
    case .named(let name): name
    case .list(let element): "list<\(element.name)>"
    case .set(let element): "set<\(element.name)>"
    case .map(let key, let value): "map<\(key.name), \(value.name)>"
    }
  }
}
