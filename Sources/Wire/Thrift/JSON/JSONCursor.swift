/// A place in JSON text that may not be complete: every step says nil if the text ends within what it reads.
struct JSONCursor {
  private(set) var place: Int

  init(_ place: Int) {
    self.place = place
  }

  /// Passes white space; the byte that follows, which is not passed.
  mutating func peek(_ bytes: Span<UInt8>) -> UInt8? {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      place += 1
    }
    return nil
  }

  /// Passes a byte that has to be there.
  mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>) throws(ThriftError) -> Void? {
    guard let found = peek(bytes) else { return nil }
    guard found == byte else { throw unexpected(found, Self.name(byte)) }
    place += 1
    return ()
  }

  /// Passes a byte if it is next; whether it was.
  mutating func accept(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool? {
    guard let found = peek(bytes) else { return nil }
    if found == byte { place += 1 }
    return found == byte
  }

  /// Passes a number or a word such as `true`; where it is.
  mutating func word(_ bytes: Span<UInt8>) throws(ThriftError) -> Range<Int>? {
    guard let first = peek(bytes) else { return nil }
    var end = place
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    guard end > place else { throw unexpected(first, "a value") }
    guard end < bytes.count else { return nil }
    defer { place = end }
    return place..<end
  }

  /// Passes a whole number.
  mutating func integer(_ bytes: Span<UInt8>, _ what: String) throws(ThriftError) -> Int64? {
    let start = place
    guard let range = try word(bytes) else { return nil }
    guard let number = bytes.text(range).flatMap({ Int64($0) }) else {
      throw ThriftError(.malformed, "\(what) is not a whole number", at: start)
    }
    return number
  }

  /// Passes a string; where its letters are, and whether some are escaped.
  mutating func string(_ bytes: Span<UInt8>) throws(ThriftError) -> (range: Range<Int>, isEscaped: Bool)? {
    guard try expect(0x22, bytes) != nil else { return nil }
    let start = place
    var (end, isEscaped) = (start, false)
    while end < bytes.count {
      switch bytes[end] {
      case 0x22:
        place = end + 1
        return (start..<end, isEscaped)
      case 0x5C:
        isEscaped = true
        end += 2
      default: end += 1
      }
    }
    return nil
  }

  func unexpected(_ byte: UInt8, _ expected: String) -> ThriftError {
    ThriftError(.malformed, "\(Self.name(byte)) was found where \(expected) was expected", at: place)
  }

  private static func name(_ byte: UInt8) -> String {
    byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "the byte \(byte)"
  }

  /// Letters, digits and what numbers are made of.
  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }
}
