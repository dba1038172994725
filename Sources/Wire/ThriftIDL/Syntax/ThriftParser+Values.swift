extension ThriftParser {
  mutating func type() throws(ThriftIDLError) -> ThriftTypeName {
    try enter()
    let place = token.place
    var type = ThriftTypeName(kind: try kind(), place: place)
    type.annotations = try annotations()
    leave()
    return type
  }

  private mutating func kind() throws(ThriftIDLError) -> ThriftTypeName.Kind {
    let place = token.place
    let word = try path("a type")
    if let base = ThriftBaseType(rawValue: word) { return .base(base) }
    switch word {
    case "byte": return .base(.i8)
    case "list": return .list(try element())
    case "set": return .set(try element())
    case "map":
      try cppType()
      try expect("<")
      let key = try type()
      try expect(",")
      let value = try type()
      try expect(">")
      return .map(key, value)
    case "slist": throw ThriftIDLError(.unsupported, "'slist' is not supported: use 'string'", at: place)
    case "void", "required", "optional", "oneway", "const", "struct", "union", "enum", "service", "exception":
      throw ThriftIDLError(.syntax, "expected a type, found '\(word)'", at: place)
    default: return .named(word)
    }
  }

  private mutating func element() throws(ThriftIDLError) -> ThriftTypeName {
    try cppType()
    try expect("<")
    let element = try type()
    try expect(">")
    try cppType()
    return element
  }

  /// Passes `cpp_type "name"`, which says how a container is called in C++.
  private mutating func cppType() throws(ThriftIDLError) {
    guard try accept(word: "cpp_type") else { return }
    _ = try text("the name of a C++ type in quotes")
  }

  mutating func literal() throws(ThriftIDLError) -> ThriftLiteral {
    try enter()
    defer { leave() }
    let place = token.place
    switch token.kind {
    case .integer(let number): return try scalar(.integer(number), place)
    case .double(let number): return try scalar(.double(number), place)
    case .string(let text): return try scalar(.string(text), place)
    case .identifier(let name): return try scalar(.name(name), place)
    case .symbol(UInt8(ascii: "[")): return ThriftLiteral(kind: .list(try list()), place: place)
    case .symbol(UInt8(ascii: "{")): return ThriftLiteral(kind: .map(try map()), place: place)
    default: throw refusal("a value")
    }
  }

  private mutating func scalar(
    _ kind: ThriftLiteral.Kind, _ place: ThriftPlace
  ) throws(ThriftIDLError) -> ThriftLiteral {
    try advance()
    return ThriftLiteral(kind: kind, place: place)
  }

  private mutating func list() throws(ThriftIDLError) -> [ThriftLiteral] {
    try advance()
    var values: [ThriftLiteral] = []
    while try !accept("]") {
      guard token.kind != .end else { throw refusal("a value or ']'") }
      values.append(try literal())
      try acceptSeparator()
    }
    return values
  }

  private mutating func map() throws(ThriftIDLError) -> [ThriftLiteral.Pair] {
    try advance()
    var pairs: [ThriftLiteral.Pair] = []
    while try !accept("}") {
      guard token.kind != .end else { throw refusal("a key or '}'") }
      let key = try literal()
      try expect(":")
      pairs.append(.init(key: key, value: try literal()))
      try acceptSeparator()
    }
    return pairs
  }
}
