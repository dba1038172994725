extension ThriftParser {
  mutating func definition() throws(ThriftIDLError) -> ThriftDefinition {
    try count()
    let comment = token.comment
    guard case .identifier(let word) = token.kind else { throw refusal(Self.definitions) }
    switch word {
    case "const": return try constant(comment)
    case "typedef": return try alias(comment)
    case "enum": return try enumeration(comment)
    case "struct", "union", "exception":
      return try structure(comment, ThriftStructureKind(rawValue: word) ?? .structure)
    case "service": return try service(comment)
    case "senum":
      throw ThriftIDLError(.unsupported, "'senum' is not supported: use 'enum' or strings", at: token.place)
    case "namespace", "include", "cpp_include":
      throw refusal("\(Self.definitions); '\(word)' has to stand before all definitions")
    default: throw refusal(Self.definitions)
    }
  }

  private static let definitions = "const, typedef, enum, struct, union, exception or service"

  private mutating func constant(_ comment: String?) throws(ThriftIDLError) -> ThriftDefinition {
    try advance()
    let type = try type()
    let place = token.place
    let name = try name("the constant's name")
    try expect("=")
    let value = try literal()
    return ThriftDefinition(
      name: name, place: place, kind: .constant(type, value), comment: comment, annotations: try annotations())
  }

  private mutating func alias(_ comment: String?) throws(ThriftIDLError) -> ThriftDefinition {
    try advance()
    let type = try type()
    let place = token.place
    let name = try name("the new name of the type")
    return ThriftDefinition(
      name: name, place: place, kind: .alias(type), comment: comment, annotations: try annotations())
  }

  private mutating func enumeration(_ comment: String?) throws(ThriftIDLError) -> ThriftDefinition {
    try advance()
    let place = token.place
    let name = try name("the enum's name")
    try expect("{")
    var members: [ThriftMemberDefinition] = []
    while try !accept("}") { members.append(try member(after: members.last)) }
    return ThriftDefinition(
      name: name, place: place, kind: .enumeration(members), comment: comment, annotations: try annotations())
  }

  private mutating func member(after previous: ThriftMemberDefinition?) throws(ThriftIDLError) -> ThriftMemberDefinition
  {
    try count()
    let (comment, place) = (token.comment, token.place)
    let name = try name("a member's name or '}'")
    var number = previous.map { Int64($0.number) + 1 } ?? 0
    if try accept("=") {
      guard case .integer(let written) = token.kind else { throw refusal("a whole number") }
      number = written
      try advance()
    }
    guard let exact = Int32(exactly: number) else {
      throw ThriftIDLError(
        .value, "the member '\(name)' has the number \(number); \(Int32.min) to \(Int32.max) are allowed", at: place)
    }
    let annotations = try annotations()
    try acceptSeparator()
    return ThriftMemberDefinition(
      name: name, number: exact, place: place, comment: comment, annotations: annotations)
  }

  private mutating func structure(
    _ comment: String?, _ kind: ThriftStructureKind
  ) throws(ThriftIDLError) -> ThriftDefinition {
    try advance()
    let place = token.place
    let name = try name("the \(kind.rawValue)'s name")
    // Left over from an attempt to write XML; Apache's compiler still takes it.
    _ = try accept(word: "xsd_all")
    try expect("{")
    let fields = try fields(until: "}", "a field")
    return ThriftDefinition(
      name: name, place: place, kind: .structure(kind, fields), comment: comment, annotations: try annotations())
  }

  /// Reads fields and what closes them.
  mutating func fields(until end: Character, _ what: String) throws(ThriftIDLError) -> [ThriftFieldDefinition] {
    var fields: [ThriftFieldDefinition] = []
    var unnumbered: Int16 = 0
    while try !accept(end) { fields.append(try field(&unnumbered, "\(what) or '\(end)'")) }
    return fields
  }

  private mutating func field(_ unnumbered: inout Int16, _ what: String) throws(ThriftIDLError) -> ThriftFieldDefinition
  {
    try count()
    let comment = token.comment
    let id = try number(&unnumbered)
    var requirement = ThriftRequirement.usual
    if try accept(word: "required") { requirement = .required }
    if requirement == .usual, try accept(word: "optional") { requirement = .optional }
    guard case .identifier = token.kind else {
      throw refusal(id > 0 || requirement != .usual ? "a type" : what)
    }
    let type = try type()
    // A C++ reference.
    _ = try accept("&")
    let place = token.place
    let name = try name("a name")
    let value = try accept("=") ? try literal() : nil
    let annotations = try annotations()
    try acceptSeparator()
    return ThriftFieldDefinition(
      id: id, name: name, requirement: requirement, type: type, value: value, place: place, comment: comment,
      annotations: annotations)
  }

  /// Reads a field's number; without one, it gets the next below 0, as Apache's compiler and ThriftPy have it.
  private mutating func number(_ unnumbered: inout Int16) throws(ThriftIDLError) -> Int16 {
    let place = token.place
    guard case .integer(let number) = token.kind else {
      guard unnumbered > Int16.min else {
        throw ThriftIDLError(.limit, "there are more than 32768 fields without a number", at: place)
      }
      unnumbered -= 1
      return unnumbered
    }
    // Apache's compiler replaces such a number, and ThriftPy takes it: they would not understand each other.
    guard number > 0, let id = Int16(exactly: number) else {
      throw ThriftIDLError(.value, "a field has the number \(number); 1 to \(Int16.max) are allowed", at: place)
    }
    try advance()
    try expect(":")
    return id
  }
}
