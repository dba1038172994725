internal import MusterThrift

extension PlainReading {
  mutating func value(_ plain: ThriftPlain, _ type: ThriftFieldType) throws(ThriftError) -> ThriftValue {
    guard path.count <= ThriftLimits.deepest else {
      throw ThriftError(.limit, "\(path[0]): values nest deeper than the \(ThriftLimits.deepest) allowed")
    }
    switch type {
    case .base(let base): return try scalar(plain, base)
    case .enumeration(let name): return .i32(try number(plain, name))
    case .structure(let name): return .structure(try structure(plain, name))
    case .list(let element): return .list(try elements(plain, element, type))
    case .set(let element):
      let elements = try elements(plain, element, type)
      guard Set(elements.values).count == elements.values.count else {
        throw refusal("a set has an element twice")
      }
      return .set(elements)
    case .map(let key, let value): return .map(try map(plain, key, value, type))
    }
  }

  private func scalar(_ plain: ThriftPlain, _ type: ThriftBaseType) throws(ThriftError) -> ThriftValue {
    let value: ThriftValue? =
      switch (type, plain) {
      case (.bool, .bool(let value)): .bool(value)
      case (.i8, .integer(let number)): Int8(exactly: number).map { .byte($0) }
      case (.i16, .integer(let number)): Int16(exactly: number).map { .i16($0) }
      case (.i32, .integer(let number)): Int32(exactly: number).map { .i32($0) }
      case (.i64, .integer(let number)): .i64(number)
      // Many programs can't write large numbers in JSON, and write them as text.
      case (.i64, .string(let text)): Int64(text).map { .i64($0) }
      case (.double, .integer(let number)): .double(Double(number))
      case (.double, .double(let number)): .double(number)
      case (.double, .string(let text)): ThriftPlain.special[text].map { .double($0) }
      case (.string, .string(let text)): .string(text)
      case (.binary, .string(let text)): Base64.decode(text).map { .binary($0) }
      default: nil
      }
    guard let value else { throw refusal("expected \(type.meaning), found \(plain.name)") }
    return value
  }

  private func number(_ plain: ThriftPlain, _ name: String) throws(ThriftError) -> Int32 {
    let enumeration = schema.enumerations[name]
    switch plain {
    case .string(let text): if let number = enumeration?.number(of: text) { return number }
    case .integer(let number):
      if let exact = Int32(exactly: number), enumeration?.name(of: exact) != nil { return exact }
    default: break
    }
    let members = Self.list(enumeration?.members.map { "\($0.name) (\($0.number))" } ?? [])
    throw refusal("expected a member of \(name) by name or number: \(members); found \(plain.name)")
  }

  private mutating func elements(
    _ plain: ThriftPlain, _ element: ThriftFieldType, _ type: ThriftFieldType
  ) throws(ThriftError) -> ThriftElements {
    guard case .array(let parts) = plain else {
      throw refusal("expected an array of the elements of \(type), found \(plain.name)")
    }
    var elements = ThriftElements(of: element.type)
    for (number, part) in parts.enumerated() {
      path.append("[\(number)]")
      elements.values.append(try value(part, element))
      path.removeLast()
    }
    return elements
  }

  /// A map from an object, whose keys are text, or from an array of pairs.
  private mutating func map(
    _ plain: ThriftPlain, _ key: ThriftFieldType, _ value: ThriftFieldType, _ type: ThriftFieldType
  ) throws(ThriftError) -> ThriftMap {
    var map = ThriftMap(from: key.type, to: value.type)
    for (number, entry) in try entries(plain, key, type).enumerated() {
      path.append("[\(number)]")
      map.entries.append(.init(try self.value(entry.key, key), try self.value(entry.value, value)))
      path.removeLast()
    }
    guard Set(map.entries.map(\.key)).count == map.entries.count else { throw refusal("a map has a key twice") }
    return map
  }

  private func entries(
    _ plain: ThriftPlain, _ key: ThriftFieldType, _ type: ThriftFieldType
  ) throws(ThriftError) -> [(key: ThriftPlain, value: ThriftPlain)] {
    var entries: [(key: ThriftPlain, value: ThriftPlain)] = []
    switch plain {
    case .object(let members): for member in members { entries.append((key.plainKey(member.name), member.value)) }
    case .array(let parts):
      for part in parts {
        guard case .array(let pair) = part, pair.count == 2 else {
          throw refusal("expected pairs of key and value for \(type), found \(part.name)")
        }
        entries.append((pair[0], pair[1]))
      }
    default: throw refusal("expected an object, or an array of pairs, for \(type), found \(plain.name)")
    }
    return entries
  }
}

extension ThriftFieldType {
  /// An object's key as a value of this type.
  fileprivate func plainKey(_ text: String) -> ThriftPlain {
    switch self {
    case .base(.bool): text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    case .base(.double): Double(text).map { .double($0) } ?? .string(text)
    case .base(.string), .base(.binary): .string(text)
    default: Int64(text).map { .integer($0) } ?? .string(text)
    }
  }
}

extension ThriftPlain {
  /// Numbers that JSON has no form for.
  static let special: [String: Double] = ["NaN": .nan, "Infinity": .infinity, "-Infinity": -.infinity]
}

extension ThriftBaseType {
  /// What is allowed, for an error.
  fileprivate var meaning: String {
    switch self {
    case .bool: "true or false"
    case .i8: "a whole number from -128 to 127"
    case .i16: "a whole number from -32768 to 32767"
    case .i32: "a whole number from \(Int32.min) to \(Int32.max)"
    case .i64: "a whole number from \(Int64.min) to \(Int64.max)"
    case .double: "a number, \"NaN\", \"Infinity\" or \"-Infinity\""
    case .string: "text"
    case .binary: "bytes as Base64"
    }
  }
}
