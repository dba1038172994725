/// Names of definitions as Swift takes them: unchanged, in backquotes, or with `_` where neither will do.
enum SwiftNames {
  private static let keywords: Set<String> = [
    "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import", "inout", "internal",
    "let", "open", "operator", "precedencegroup", "private", "protocol", "public", "rethrows", "static", "struct",
    "subscript", "typealias", "var", "break", "case", "catch", "continue", "default", "defer", "do", "else",
    "fallthrough", "for", "guard", "if", "in", "repeat", "return", "switch", "throw", "where", "while", "Any", "as",
    "await", "false", "is", "nil", "super", "throws", "true", "try",
  ]

  /// Members that every type has, or that generated ones need for themselves.
  private static let takenMembers: Set<String> = [
    "self", "Self", "Type", "Protocol", "init", "hash", "hashValue", "write", "outcome", "thriftCaller", "_code",
    "_domain", "_userInfo", "_getEmbeddedNSError", "localizedDescription", "_",
  ]

  /// What enums and unions have besides.
  private static let takenChoices: Set<String> = [
    "shapes", "unknown", "description", "rawValue", "allCases", "AllCases", "RawValue",
    // Where one is optional, these would be those of `Optional`.
    "none", "some",
  ]

  /// Types that generated code uses.
  private static let takenTypes: Set<String> = [
    "Array", "Bool", "CaseIterable", "CustomStringConvertible", "Dictionary", "Double", "Error", "Hashable",
    "Implementation", "Int16", "Int32", "Int64", "Int8", "Optional", "Protocol", "RawRepresentable", "Self", "Sendable",
    "Set", "SomeCaller", "SomeReader", "SomeWriter", "Span", "String", "Swift", "ThriftApplicationException",
    "ThriftCalling", "ThriftCodable", "ThriftError", "ThriftHandling", "ThriftIndirect", "ThriftMethod", "ThriftReader",
    "ThriftReply", "ThriftRequest", "ThriftShapes", "ThriftWriter", "Type", "UInt8", "Void",
  ]

  /// A member of an enum or union.
  static func choice(_ name: String) -> String {
    takenChoices.contains(name) ? "\(name)_" : member(name)
  }

  /// A property, method, argument or constant.
  static func member(_ name: String) -> String {
    if takenMembers.contains(name) { return "\(name)_" }
    return keywords.contains(name) ? "`\(name)`" : name
  }

  /// The same before a colon, where keywords need no backquotes.
  static func label(_ name: String) -> String {
    let member = member(name)
    return ["inout", "let", "var"].contains(name) ? member : String(member.filter { $0 != "`" })
  }

  /// A type.
  static func type(_ name: String) -> String {
    if takenTypes.contains(name) { return "\(name)_" }
    return keywords.contains(name) ? "`\(name)`" : name
  }

  /// The name of a file as the beginning of a type's.
  static func file(_ name: String) -> String {
    let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(capitalized)
    let joined = words.joined()
    return joined.first?.isLetter == true ? joined : "File\(joined)"
  }

  static func capitalized(_ name: some StringProtocol) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }

  /// Text as a literal.
  static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.properties.isDefaultIgnorableCodePoint:
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
