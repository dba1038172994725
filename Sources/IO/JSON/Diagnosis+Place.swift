extension Diagnosis {
  /// A problem at a byte of the text.
  func problem(_ what: String, at index: Int, code: JSONError.Code = .malformed) -> JSONError {
    let (line, column) = position(of: index)
    return JSONError(code: code, what, line: line, column: column)
  }

  /// Line and column, both from 1, the column in characters.
  private func position(of index: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in text.prefix(index) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }

  /// Refuses bytes that no character is made of.
  func verifyUTF8() throws(JSONError) {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
    } catch {
      let index = error.byteOffsets.lowerBound
      let byte = String(text[index], radix: 16)
      throw problem("the text is not UTF-8: unable to decode byte 0x\(byte)", at: index, code: .invalidUTF8)
    }
  }
}
