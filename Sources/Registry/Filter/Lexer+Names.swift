extension Lexer {
  /// Reads a selector: a name, then `.name`, `.0` or `["any text"]` any number of times.
  mutating func names() throws(FilterError) -> [String] {
    var names = [name()]
    while true {
      switch current {
      case UInt8(ascii: "."):
        position += 1
        guard let byte = current, byte.isLetter || byte.isDigit else { throw unexpected("expected a name after \".\"") }
        names.append(byte.isLetter ? name() : digits())
      case UInt8(ascii: "["):
        names.append(try index())
      default:
        return names
      }
    }
  }

  /// Reads a number: a sign, digits, and a fraction where one follows.
  mutating func number() throws(FilterError) -> String {
    var text = ""
    if current == UInt8(ascii: "-") {
      position += 1
      text = "-"
    }
    guard current?.isDigit == true else { throw unexpected("expected a digit after \"-\"") }
    text += digits()
    if current == UInt8(ascii: "."), position + 1 < bytes.count, bytes[position + 1].isDigit {
      position += 1
      text += "." + digits()
    }
    return text
  }

  private mutating func name() -> String {
    take { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/") }
  }

  private mutating func digits() -> String {
    take(while: \.isDigit)
  }

  private mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let start = position
    while let byte = current, belongs(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func index() throws(FilterError) -> String {
    position += 1
    skipSpace()
    guard current == UInt8(ascii: "\"") || current == UInt8(ascii: "`") else {
      throw unexpected("expected a quoted key after \"[\"")
    }
    let key = try string()
    skipSpace()
    guard current == UInt8(ascii: "]") else { throw unexpected("expected \"]\" after the key \(quote(key))") }
    position += 1
    return key
  }
}
