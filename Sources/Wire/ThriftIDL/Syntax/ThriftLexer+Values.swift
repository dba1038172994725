extension ThriftLexer {
  mutating func text(_ quote: UInt8) throws(ThriftIDLError) -> String {
    let start = place
    advance()
    var text: [UInt8] = []
    while let byte, byte != UInt8(ascii: "\n") {
      if byte == quote {
        advance()
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw refusal("a text is not valid UTF-8", at: start)
        }
        return valid
      }
      if byte == UInt8(ascii: "\\") {
        text.append(try escaped())
      } else {
        text.append(byte)
        advance()
      }
    }
    let found = byte == nil ? "the end of the file" : "the end of the line"
    throw refusal(
      "expected \(Character(UnicodeScalar(quote))) for the text that begins here, found \(found)", at: start)
  }

  private mutating func escaped() throws(ThriftIDLError) -> UInt8 {
    let start = place
    advance()
    let found = characterName
    guard let byte else { throw refusal("expected a character after '\\', found \(found)", at: start) }
    let meant: UInt8? =
      switch byte {
      case UInt8(ascii: "n"): 0x0A
      case UInt8(ascii: "r"): 0x0D
      case UInt8(ascii: "t"): 0x09
      case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): byte
      default: nil
      }
    guard let meant else {
      throw refusal("expected one of n, r, t, \\, \" and ' after '\\', found \(found)", at: start)
    }
    advance()
    return meant
  }

  mutating func number() throws(ThriftIDLError) -> ThriftToken.Kind {
    let start = place
    var previous: UInt8 = 0
    let word = word { byte in
      // A sign only begins a number or its exponent.
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      defer { previous = byte }
      return isSign ? previous == 0 || previous | 0x20 == UInt8(ascii: "e") : byte.isIdentifierPart
    }
    let shown = word.prefix(40)
    let (sign, digits) =
      word.hasPrefix("-") ? ("-", word.dropFirst()) : ("", word.dropFirst(word.hasPrefix("+") ? 1 : 0))
    if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
      guard let number = Int64(sign + digits.dropFirst(2), radix: 16) else {
        throw refusal("expected a hexadecimal number of 64 bits, found '\(shown)'", at: start)
      }
      return .integer(number)
    }
    if !digits.isEmpty, digits.utf8.allSatisfy({ $0.isDigit }) {
      guard let number = Int64(sign + digits) else {
        throw refusal("expected a number of 64 bits, found '\(shown)'", at: start)
      }
      return .integer(number)
    }
    // `Double` takes words too.
    guard digits.utf8.first.map({ $0.isDigit || $0 == UInt8(ascii: ".") }) == true,
      digits.utf8.contains(where: { $0.isDigit }),
      digits.utf8.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) }), let number = Double(sign + digits),
      number.isFinite
    else { throw refusal("expected a number, found '\(shown)'", at: start) }
    return .double(number)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isIdentifierPart: Bool {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: isDigit
    }
  }
}
