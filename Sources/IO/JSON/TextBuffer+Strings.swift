extension TextBuffer {
  /// Appends text that needs no escape.
  mutating func append(plain text: String) {
    var text = text
    text.withUTF8 { unsafe append($0) }
  }

  /// Appends a JSON string: the text between quotes, escaped where RFC 8259 asks for it.
  mutating func append(quoted text: String) {
    // In place for a native string; only others are copied by withUTF8.
    var text = text
    text.withUTF8 { text in
      if unsafe text.firstToEscape(from: 0) == text.count {
        unsafe append(betweenQuotes: text)
      } else {
        append(UInt8(ascii: "\""))
        unsafe append(escaping: text)
        append(UInt8(ascii: "\""))
      }
    }
  }

  @inline(never)
  private mutating func append(escaping text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while true {
      let end = unsafe text.firstToEscape(from: start)
      unsafe append(UnsafeBufferPointer(rebasing: text[start..<end]))
      if end == text.count { return }
      append(escapeOf: unsafe text[end])
      start = end + 1
    }
  }

  private mutating func append(escapeOf byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    default:
      append(UInt8(ascii: "u"))
      append(UInt8(ascii: "0"), times: 2)
      append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
      let low = byte & 0xF
      append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The index of the first control character, quote or backslash at or after `start`; `count` if there is none.
  fileprivate func firstToEscape(from start: Int) -> Int {
    var index = start
    let raw = UnsafeRawBufferPointer(self)
    // Eight bytes at a time: nearly all text needs no escape. The last eight may overlap those before.
    while index + 8 <= count {
      if unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).hasByteToEscape { break }
      index += 8
    }
    if count >= 8 && index + 8 > count {
      if unsafe !raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self).hasByteToEscape { return count }
    }
    while index < count {
      let byte = unsafe self[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
      index += 1
    }
    return count
  }
}

extension UInt64 {
  /// Whether one of the eight bytes is below 0x20, a quote or a backslash.
  ///
  /// Subtracting n from each byte sets the top bit of those below n (for n up to 0x80) that had it clear. A
  /// borrow can only mark bytes above one that is really below n, so the answer for the word is right.
  fileprivate var hasByteToEscape: Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    let quote = self ^ (ones * 0x22)
    let backslash = self ^ (ones * 0x5C)
    let control = (self &- ones * 0x20) & ~self
    return (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & tops != 0
  }
}
