extension Lexer {
  /// Reads a value in backticks, which has no escapes, or in double quotes, which has Go's.
  mutating func string() throws(FilterError) -> String {
    let start = position
    let delimiter = bytes[start]
    position += 1
    var content: [UInt8] = []
    while let byte = current {
      if byte == delimiter {
        position += 1
        return try text(content, startingAt: start)
      }
      if delimiter == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
        content += try escape()
      } else if delimiter == UInt8(ascii: "\""), byte == UInt8(ascii: "\n") {
        throw unexpected("expected the closing quote", advice: "; for a line break write \\n, or use backticks")
      } else {
        content.append(byte)
        position += 1
      }
    }
    throw FilterError(.syntax, "a quoted value is not closed before the end", at: column(of: start))
  }

  private func text(_ content: [UInt8], startingAt start: Int) throws(FilterError) -> String {
    guard let text = String(validating: content, as: UTF8.self) else {
      throw FilterError(.syntax, "the escapes of a quoted value do not make valid UTF-8", at: column(of: start))
    }
    return text
  }

  /// Reads one escape and gives the bytes it stands for.
  private mutating func escape() throws(FilterError) -> [UInt8] {
    let start = position
    position += 1
    guard let byte = current else { throw badEscape(at: start) }
    position += 1
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return [byte]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "a"): return [0x07]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "v"): return [0x0B]
    case UInt8(ascii: "x"): return [UInt8(truncatingIfNeeded: try code(digits: 2, radix: 16, from: start))]
    case UInt8(ascii: "u"): return try scalar(digits: 4, from: start)
    case UInt8(ascii: "U"): return try scalar(digits: 8, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      return [UInt8(truncatingIfNeeded: try code(digits: 3, radix: 8, from: start))]
    default: throw badEscape(at: start)
    }
  }

  private mutating func scalar(digits: Int, from start: Int) throws(FilterError) -> [UInt8] {
    guard let scalar = Unicode.Scalar(try code(digits: digits, radix: 16, from: start)) else {
      throw badEscape(at: start)
    }
    return Array(String(scalar).utf8)
  }

  /// Reads exactly `digits` digits of the radix, 8 at most so that the number fits.
  private mutating func code(digits: Int, radix: Int, from start: Int) throws(FilterError) -> UInt32 {
    let slice = bytes[position...].prefix(digits)
    let text = String(decoding: slice, as: UTF8.self)
    // UInt32's parser takes a sign, an escape does not.
    guard slice.count == digits, slice.first != UInt8(ascii: "+"), let code = UInt32(text, radix: radix) else {
      throw badEscape(at: start)
    }
    position += digits
    return code
  }

  private func badEscape(at start: Int) -> FilterError {
    let text = String(decoding: bytes[start...].prefix(2), as: UTF8.self)
    return FilterError(
      .syntax, "\(quote(text)) is not an escape: write \\\\ for a backslash, or put the value in backticks",
      at: column(of: start))
  }
}
