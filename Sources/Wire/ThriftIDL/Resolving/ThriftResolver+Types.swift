/// A type, and what bounds the work that it makes: other names for types can make large ones from few words.
struct SizedType {
  static let largest = 1_000

  let type: ThriftFieldType
  var depth = 1
  var size = 1
}

extension ThriftResolver {
  mutating func type(_ name: ThriftTypeName, _ file: Int) throws(ThriftIDLError) -> ThriftFieldType {
    try sized(name, file).type
  }

  private mutating func sized(_ name: ThriftTypeName, _ file: Int) throws(ThriftIDLError) -> SizedType {
    switch name.kind {
    case .base(let base): return SizedType(type: .base(base))
    case .named(let written): return try named(written, name.place, file)
    case .list(let element):
      let element = try sized(element, file)
      return try outer(.list(element.type), [element], at: name.place)
    case .set(let element):
      let element = try sized(element, file)
      return try outer(.set(element.type), [element], at: name.place)
    case .map(let key, let value):
      let (key, value) = (try sized(key, file), try sized(value, file))
      return try outer(.map(key.type, value.type), [key, value], at: name.place)
    }
  }

  private func outer(
    _ type: ThriftFieldType, _ parts: [SizedType], at place: ThriftPlace
  ) throws(ThriftIDLError) -> SizedType {
    var sized = SizedType(type: type)
    for part in parts {
      sized.depth = max(sized.depth, part.depth + 1)
      sized.size += part.size
    }
    guard sized.depth <= limits.depth, sized.size <= SizedType.largest else {
      throw ThriftIDLError(
        .limit,
        "the type nests \(sized.depth) deep and has \(sized.size) parts; \(limits.depth) and \(SizedType.largest) are allowed",
        at: place)
    }
    return sized
  }

  private mutating func named(
    _ written: String, _ place: ThriftPlace, _ file: Int
  ) throws(ThriftIDLError) -> SizedType {
    guard let (name, entry) = find(written, from: file) else { throw unknown(written, "a type", at: place, from: file) }
    switch entry.definition.kind {
    case .enumeration: return SizedType(type: .enumeration(name))
    case .structure: return SizedType(type: .structure(name))
    case .alias(let meant):
      if let known = aliases[name] { return known }
      try begin(name, at: place)
      do throws(ThriftIDLError) {
        let type = try sized(meant, entry.file)
        aliases[name] = type
        open.removeLast()
        return type
      } catch {
        throw error.within(files[entry.file].path)
      }
    case .constant, .service:
      throw ThriftIDLError(.name, "expected a type, found the \(entry.definition.kindName) '\(written)'", at: place)
    }
  }

  /// Begins to look up what a name means; it has to be removed from ``open``.
  mutating func begin(_ name: String, at place: ThriftPlace) throws(ThriftIDLError) {
    guard !open.contains(name) else {
      throw ThriftIDLError(
        .name, "'\(ThriftSchema.shortName(name))' is defined by itself: \((open + [name]).joined(separator: " is "))",
        at: place)
    }
    guard open.count < limits.depth else {
      throw ThriftIDLError(.limit, "names stand for each other in a chain of more than \(limits.depth)", at: place)
    }
    open.append(name)
  }
}

extension ThriftDefinition {
  /// What it is, in a word.
  var kindName: String {
    switch kind {
    case .constant: "constant"
    case .alias: "typedef"
    case .enumeration: "enum"
    case .structure(let kind, _): kind.rawValue
    case .service: "service"
    }
  }
}
