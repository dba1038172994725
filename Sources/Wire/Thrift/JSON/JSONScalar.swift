/// Values without parts, from JSON.
enum JSONScalar {
  /// A value of a type from a node; text that stands for bytes is decoded.
  static func value(_ node: JSONNode, _ type: ThriftType, isBinary: Bool) throws(ThriftError) -> ThriftValue {
    switch (type, node) {
    case (.bool, .bool(let value)): return .bool(value)
    case (.bool, .integer(let number)) where number == 0 || number == 1: return .bool(number == 1)
    case (.byte, .integer(let number)): return .byte(try exactly(number, type))
    case (.i16, .integer(let number)): return .i16(try exactly(number, type))
    case (.i32, .integer(let number)): return .i32(try exactly(number, type))
    case (.i64, .integer(let number)): return .i64(number)
    case (.double, .integer(let number)): return .double(Double(number))
    case (.double, .real(let number)): return .double(number)
    case (.double, .text(let text)): return .double(try double(text))
    case (.string, .text(let text)): return isBinary ? .binary(try bytes(text)) : .string(text)
    default: throw ThriftError(.malformed, "\(node.kind) was found where the type \(type) was expected")
    }
  }

  /// A key of a map, which JSON holds as text whatever its type.
  static func key(_ text: String, _ type: ThriftType, isBinary: Bool) throws(ThriftError) -> ThriftValue {
    switch type {
    case .string: return try value(.text(text), type, isBinary: isBinary)
    case .double: return .double(try double(text))
    case .bool where text == "true" || text == "false": return .bool(text == "true")
    case .bool, .byte, .i16, .i32, .i64:
      guard let number = Int64(text) else {
        throw ThriftError(.malformed, "the key \"\(text.prefix(32))\" is not of the type \(type)")
      }
      return try value(.integer(number), type, isBinary: false)
    case .structure, .map, .set, .list: throw unsupportedKey(type)
    }
  }

  static func unsupportedKey(_ type: ThriftType) -> ThriftError {
    ThriftError(.unsupported, "JSON has no form for a map whose keys are of the type \(type)")
  }

  private static func exactly<Number: FixedWidthInteger>(
    _ number: Int64, _ type: ThriftType
  ) throws(ThriftError) -> Number {
    guard let exact = Number(exactly: number) else {
      throw ThriftError(.malformed, "\(number) does not fit in the type \(type)")
    }
    return exact
  }

  private static func double(_ text: String) throws(ThriftError) -> Double {
    switch text {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: break
    }
    guard let number = Double(text) else {
      throw ThriftError(.malformed, "\"\(text.prefix(32))\" is not a number")
    }
    return number
  }

  private static func bytes(_ text: String) throws(ThriftError) -> [UInt8] {
    guard let bytes = Base64.decode(text) else {
      throw ThriftError(.malformed, "\"\(text.prefix(32))\" is not Base64")
    }
    return bytes
  }
}
