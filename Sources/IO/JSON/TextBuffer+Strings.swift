extension TextBuffer {
  /// Appends text that needs no escape.
  mutating func append(plain text: String) {
    var text = text
    text.withUTF8 { unsafe append(plain: $0) }
  }

  /// Appends one of the words of the grammar.
  mutating func append(literal: StaticString) {
    literal.withUTF8Buffer { unsafe append(plain: $0) }
  }

  /// Appends a JSON string: the text between quotes, escaped where RFC 8259 asks for it.
  mutating func append(quoted text: String) {
    // In place for a native string; only others are copied.
    if unsafe text.utf8.withContiguousStorageIfAvailable({ unsafe append(quoted: $0) }) == nil {
      var text = text
      text.withUTF8 { unsafe append(quoted: $0) }
    }
  }

  mutating func append(escapeOf byte: UInt8) {
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
  /// Copies the bytes before the first control character, quote or backslash to where there is room for all bytes of
  /// this buffer, and gives their number.
  @inline(__always)
  func copyUpToEscape(_ target: UnsafeMutablePointer<UInt8>) -> Int {
    let source = UnsafeRawBufferPointer(self)
    let target = UnsafeMutableRawPointer(target)
    var index = 0
    // Eight bytes at a time: nearly all text needs no escape. The last eight may overlap those before.
    while index + 8 <= count {
      let word = unsafe source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      guard !word.hasByteToEscape else { return unsafe copyByByte(from: index, target) }
      unsafe target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
      index += 8
    }
    if index == count { return count }
    if count >= 8 {
      let word = unsafe source.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      guard !word.hasByteToEscape else { return unsafe copyByByte(from: index, target) }
      unsafe target.storeBytes(of: word, toByteOffset: count - 8, as: UInt64.self)
      return count
    }
    guard count >= 4 else { return unsafe copyByByte(from: 0, target) }
    let head = unsafe source.loadUnaligned(as: UInt32.self)
    let tail = unsafe source.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    guard !(UInt64(head) | UInt64(tail) << 32).hasByteToEscape else { return unsafe copyByByte(from: 0, target) }
    unsafe target.storeBytes(of: head, as: UInt32.self)
    unsafe target.storeBytes(of: tail, toByteOffset: count - 4, as: UInt32.self)
    return count
  }

  private func copyByByte(from start: Int, _ target: UnsafeMutableRawPointer) -> Int {
    var index = start
    while index < count {
      let byte = unsafe self[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      unsafe target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      index += 1
    }
    return index
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
