extension [UInt8] {
  /// Appends a JSON string: the text between quotes, escaped where RFC 8259 asks for it.
  mutating func appendQuoted(_ text: String) {
    append(UInt8(ascii: "\""))
    let isContiguous: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe appendEscaped($0) }
    if isContiguous == nil {
      var copy = text
      copy.withUTF8 { unsafe appendEscaped($0) }
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends an integer in decimal.
  mutating func appendDecimal(_ value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    let start = count
    var rest = value.magnitude
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }

  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while true {
      let end = unsafe text.firstToEscape(from: start)
      unsafe append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      if end == text.count { return }
      appendEscape(of: unsafe text[end])
      start = end + 1
    }
  }

  private mutating func appendEscape(of byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case UInt8(ascii: "\n"): append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): append(UInt8(ascii: "t"))
    default:
      append(contentsOf: "u00".utf8)
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
    // Eight bytes at a time: nearly all text needs no escape.
    while index + 8 <= count {
      let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word.hasByteToEscape { break }
      index += 8
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
