extension ThriftType {
  /// The type's name in Apache's JSON protocol.
  var jsonName: String {
    switch self {
    case .bool: "tf"
    case .byte: "i8"
    case .i16: "i16"
    case .i32: "i32"
    case .i64: "i64"
    case .double: "dbl"
    case .string: "str"
    case .structure: "rec"
    case .list: "lst"
    case .set: "set"
    case .map: "map"
    }
  }

  /// The type with a name in Apache's JSON protocol.
  init(jsonName name: String?) throws(ThriftError) {
    switch name {
    case "tf": self = .bool
    case "i8": self = .byte
    case "i16": self = .i16
    case "i32": self = .i32
    case "i64": self = .i64
    case "dbl": self = .double
    case "str": self = .string
    case "rec": self = .structure
    case "lst": self = .list
    case "set": self = .set
    case "map": self = .map
    default: throw ThriftError(.malformed, "\"\(name?.prefix(16) ?? "")\" is not the name of a type in JSON")
    }
  }
}
