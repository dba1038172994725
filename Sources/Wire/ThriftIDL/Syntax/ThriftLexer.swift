/// Cuts a file into tokens.
struct ThriftLexer {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  private var column = 1
  private var comment: String?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A mark that some editors put at the beginning of UTF-8.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  var place: ThriftPlace { ThriftPlace(line: line, column: column) }
  var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// The token that follows; at the end, `.end` as often as asked.
  mutating func next() throws(ThriftIDLError) -> ThriftToken {
    comment = nil
    try passBlanks()
    let start = place
    let kind = try kind()
    return ThriftToken(kind: kind, place: start, comment: comment)
  }

  private mutating func kind() throws(ThriftIDLError) -> ThriftToken.Kind {
    guard let byte else { return .end }
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      return .identifier(word { $0.isIdentifierPart })
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return try number()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try text(byte))
    case _ where "{}()<>[]:;,=*&".utf8.contains(byte):
      advance()
      return .symbol(byte)
    default: throw refusal("expected a word, a number, a text or one of {}()<>[]:;,=*, found \(characterName)")
    }
  }

  // MARK: Steps

  mutating func advance() {
    let passed = bytes[index]
    index += 1
    if passed == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if passed & 0xC0 != 0x80 {
      // Bytes that go on with a character do not count.
      column += 1
    }
  }

  mutating func word(while isPart: (UInt8) -> Bool) -> String {
    let start = index
    while let byte, isPart(byte) { advance() }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  func refusal(_ message: String, at place: ThriftPlace? = nil) -> ThriftIDLError {
    ThriftIDLError(.syntax, message, at: place ?? self.place)
  }

  /// The character at the place, for an error.
  var characterName: String {
    guard let byte else { return "the end of the file" }
    if byte > 0x20, byte < 0x7F { return "'\(Character(UnicodeScalar(byte)))'" }
    let end = min(index + 4, bytes.count)
    let character = String(decoding: bytes[index..<end], as: UTF8.self).first
    return byte >= 0x80 && character != "\u{FFFD}" ? character.map { "'\($0)'" } ?? "" : "the byte \(byte)"
  }

  // MARK: Blanks

  private mutating func passBlanks() throws(ThriftIDLError) {
    while let byte {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): advance()
      case UInt8(ascii: "#"): passLine()
      case UInt8(ascii: "/"): try passComment()
      default: return
      }
    }
  }

  private mutating func passLine() {
    while let byte, byte != UInt8(ascii: "\n") { advance() }
  }

  private mutating func passComment() throws(ThriftIDLError) {
    let (start, first) = (place, index)
    advance()
    guard byte == UInt8(ascii: "*") else {
      guard byte == UInt8(ascii: "/") else { throw refusal("expected '//' or '/*', found '/'", at: start) }
      return passLine()
    }
    advance()
    while let byte {
      advance()
      guard byte == UInt8(ascii: "*"), self.byte == UInt8(ascii: "/") else { continue }
      advance()
      // `/**/` is no comment about anything.
      if index - first > 4, bytes[first + 2] == UInt8(ascii: "*") {
        comment = Self.trimmed(String(decoding: bytes[(first + 3)..<(index - 2)], as: UTF8.self))
      }
      return
    }
    throw refusal("expected '*/' for the comment that begins here, found the end of the file", at: start)
  }

  /// A comment's text without the stars at the beginning of its lines.
  private static func trimmed(_ text: String) -> String? {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      var line = line.drop { $0 == " " || $0 == "\t" }
      if line.first == "*" { line = line.dropFirst() }
      if line.first == " " { line = line.dropFirst() }
      while line.last?.isWhitespace == true { line = line.dropLast() }
      return String(line)
    }
    let body = lines.drop { $0.isEmpty }
    let end = body.lastIndex { !$0.isEmpty }
    return end.map { body[...$0].joined(separator: "\n") }
  }
}
