internal import MusterThrift

extension ThriftLiteral {
  /// The value that it stands for without anything else.
  func scalar(_ type: ThriftBaseType) -> ThriftValue? {
    switch (type, kind) {
    case (.bool, .integer(let number)) where number == 0 || number == 1: .bool(number == 1)
    case (.bool, .name(let name)): name == "true" ? .bool(true) : name == "false" ? .bool(false) : nil
    case (.i8, .integer(let number)): Int8(exactly: number).map { .byte($0) }
    case (.i16, .integer(let number)): Int16(exactly: number).map { .i16($0) }
    case (.i32, .integer(let number)): Int32(exactly: number).map { .i32($0) }
    case (.i64, .integer(let number)): .i64(number)
    case (.double, .integer(let number)): .double(Double(number))
    case (.double, .double(let number)): .double(number)
    case (.string, .string(let text)): .string(text)
    case (.binary, .string(let text)): .binary(Array(text.utf8))
    default: nil
    }
  }

  /// How it is named in an error.
  var name: String {
    switch kind {
    case .integer(let number): "the number \(number)"
    case .double(let number): "the number \(number)"
    case .string(let text): "the text \"\(text.prefix(40))\""
    case .name(let name): "'\(name.prefix(40))'"
    case .list: "a list"
    case .map: "a map"
    }
  }
}
