internal import MusterThrift

/// Makes plain values of those in messages.
struct PlainWriting {
  let schema: ThriftSchema

  /// A struct as an object of its fields by name. Fields that the definition does not have are left out.
  func structure(_ value: ThriftStruct, _ name: String) throws(ThriftError) -> ThriftPlain {
    var members: [ThriftPlain.Member] = []
    for field in schema.structures[name]?.fields ?? [] {
      guard let found = value[field.id] else { continue }
      members.append(.init(field.name, try plain(found, field.type)))
    }
    return .object(members)
  }

  func plain(_ value: ThriftValue, _ type: ThriftFieldType) throws(ThriftError) -> ThriftPlain {
    switch (value, type) {
    case (.bool(let value), .base(.bool)): return .bool(value)
    case (.byte(let number), .base(.i8)): return .integer(Int64(number))
    case (.i16(let number), .base(.i16)): return .integer(Int64(number))
    case (.i32(let number), .base(.i32)): return .integer(Int64(number))
    case (.i64(let number), .base(.i64)): return .integer(number)
    case (.double(let number), .base(.double)): return Self.plain(number)
    case (.string(let text), .base(.string)): return .string(text)
    case (.string(let text), .base(.binary)): return .string(Base64.encode(Array(text.utf8).span))
    case (.binary(let bytes), .base(.binary)): return .string(Base64.encode(bytes.span))
    case (.binary(let bytes), .base(.string)): return .string(String(decoding: bytes, as: UTF8.self))
    case (.i32(let number), .enumeration(let name)):
      return schema.enumerations[name]?.name(of: number).map { .string($0) } ?? .integer(Int64(number))
    case (.structure(let value), .structure(let name)): return try structure(value, name)
    case (.list(let elements), .list(let element)), (.set(let elements), .set(let element)):
      return .array(try elements.values.map { (value) throws(ThriftError) in try plain(value, element) })
    case (.map(let map), .map(let key, let value)): return try plain(map, key, value)
    default:
      throw ThriftError(.malformed, "a value of type \(value.type) was found where \(type) was expected")
    }
  }

  private static func plain(_ number: Double) -> ThriftPlain {
    if number.isFinite { return .double(number) }
    return .string(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity")
  }

  /// A map as an object where its keys can be names, and else as an array of pairs.
  private func plain(
    _ map: ThriftMap, _ keyType: ThriftFieldType, _ valueType: ThriftFieldType
  ) throws(ThriftError) -> ThriftPlain {
    var (members, pairs): ([ThriftPlain.Member], [ThriftPlain]) = ([], [])
    for entry in map.entries {
      let (key, value) = (try plain(entry.key, keyType), try plain(entry.value, valueType))
      pairs.append(.array([key, value]))
      switch key {
      case .string(let text): members.append(.init(text, value))
      case .integer(let number): members.append(.init("\(number)", value))
      case .bool(let key): members.append(.init("\(key)", value))
      case .double(let number): members.append(.init("\(number)", value))
      case .null, .array, .object: break
      }
    }
    return members.count == map.entries.count ? .object(members) : .array(pairs)
  }
}
