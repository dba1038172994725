/// Reads the Accept-Encoding field (RFC 9110, section 12.5.3).
enum AcceptEncoding {
  /// Whether a client that sends this value takes gzip: it, or else `*`, is listed and its weight is not 0.
  static func allowsGzip(_ value: Span<UInt8>) -> Bool {
    var gzip: Bool?
    var any: Bool?
    var start = 0
    while start < value.count {
      var end = start
      while end < value.count, value[end] != UInt8(ascii: ",") { end += 1 }
      let item = value.extracting(start..<end)
      let nameEnd = item.first(UInt8(ascii: ";"))
      let allowed = !hasZeroWeight(item.extracting(nameEnd..<item.count))
      let name = item.extracting(trimmed(item.extracting(0..<nameEnd)))
      if isGzip(name) { gzip = allowed }
      if name.count == 1, name[0] == UInt8(ascii: "*") { any = allowed }
      start = end + 1
    }
    return gzip ?? any ?? false
  }

  /// The bytes without the white space around them.
  private static func trimmed(_ text: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = text.count
    while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
    while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
    return start..<end
  }

  private static func isGzip(_ name: Span<UInt8>) -> Bool {
    name.count == 4 && name[0].lowercased == UInt8(ascii: "g") && name[1].lowercased == UInt8(ascii: "z")
      && name[2].lowercased == UInt8(ascii: "i") && name[3].lowercased == UInt8(ascii: "p")
  }

  /// Whether `;q=0`, `;q=0.000` or the like follows: a "q" and no digit but 0 after it.
  private static func hasZeroWeight(_ parameters: Span<UInt8>) -> Bool {
    var index = 0
    while index < parameters.count, parameters[index].lowercased != UInt8(ascii: "q") { index += 1 }
    guard index < parameters.count else { return false }
    var zeros = 0
    while index < parameters.count {
      if UInt8(ascii: "1")...UInt8(ascii: "9") ~= parameters[index] { return false }
      if parameters[index] == UInt8(ascii: "0") { zeros += 1 }
      index += 1
    }
    return zeros > 0
  }
}

extension Span<UInt8> {
  /// The index of the first such byte, or the end.
  fileprivate func first(_ byte: UInt8) -> Int {
    var index = 0
    while index < count, self[index] != byte { index += 1 }
    return index
  }
}
