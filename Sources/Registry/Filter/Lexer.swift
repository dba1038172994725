/// Cuts an expression into tokens, one at a time so that the first mistake is the one reported.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  /// Where the last token starts; columns are counted on from here, so that counting stays linear.
  private var counted = (position: 0, column: 1)

  init(_ expression: String) throws(FilterError) {
    guard expression.utf8.count <= FilterLimits.bytes else {
      throw FilterError(
        .tooLarge, "the expression has \(expression.utf8.count) bytes; at most \(FilterLimits.bytes) are allowed")
    }
    bytes = Array(expression.utf8)
  }

  /// The byte at the position, none at the end.
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The column of a position: its character's number, from 1.
  ///
  /// The position must not be before the last token.
  func column(of position: Int) -> Int {
    counted.column + bytes[counted.position..<position].count { $0 & 0b1100_0000 != 0b1000_0000 }
  }

  /// The next token; at the end of the expression always `.end`.
  mutating func next() throws(FilterError) -> Token {
    skipSpace()
    counted = (position, column(of: position))
    return Token(kind: try kind(), column: counted.column)
  }

  private mutating func kind() throws(FilterError) -> Token.Kind {
    switch current {
    case nil: return .end
    case UInt8(ascii: "("): return single(.open)
    case UInt8(ascii: ")"): return single(.close)
    case UInt8(ascii: "="): return try pair(.equal, "==")
    case UInt8(ascii: "!"): return try pair(.notEqual, "!=")
    case UInt8(ascii: "\""), UInt8(ascii: "`"): return .quoted(try string())
    case let byte? where byte.isLetter:
      let names = try names()
      try requireBoundary(after: names.joined(separator: "."))
      return .word(names)
    case let byte? where byte.isDigit || byte == UInt8(ascii: "-"):
      let digits = try number()
      try requireBoundary(after: digits)
      return .number(digits)
    default: throw unexpected("expected a selector, a value or an operator")
    }
  }

  mutating func skipSpace() {
    while let byte = current, byte.isSpace { position += 1 }
  }

  private mutating func single(_ kind: Token.Kind) -> Token.Kind {
    position += 1
    return kind
  }

  private mutating func pair(_ kind: Token.Kind, _ spelling: String) throws(FilterError) -> Token.Kind {
    guard bytes[position...].starts(with: spelling.utf8) else { throw unexpected("expected \(quote(spelling))") }
    position += 2
    return kind
  }

  /// A word or number must not run into something else, as `web-1` and `10.0.0.1` do.
  private func requireBoundary(after text: String) throws(FilterError) {
    guard let byte = current, !byte.isSpace, !"()=!".utf8.contains(byte) else { return }
    throw unexpected(
      "expected a space after \(quote(text))",
      advice: "; values and keys with other characters than letters, digits, \"_\" and \"/\" are quoted")
  }

  /// An error that names the character at the position.
  func unexpected(_ expectation: String, advice: String = "") -> FilterError {
    let character = String(decoding: bytes[position...].prefix(16), as: UTF8.self).unicodeScalars.first
    let found = character.map { quote(String($0)) } ?? "the end"
    return FilterError(.syntax, "\(expectation), found \(found)\(advice)", at: column(of: position))
  }
}

extension UInt8 {
  var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isSpace: Bool { " \t\r\n".utf8.contains(self) }
}
