extension JSONCursor {
  /// Passes a string and decodes it.
  mutating func text(_ bytes: Span<UInt8>, limit: Int) throws(ThriftError) -> String? {
    guard let (range, isEscaped) = try string(bytes) else { return nil }
    guard range.count <= limit else {
      throw ThriftError(
        .limit, "a string has \(range.count) bytes; at most \(limit) are allowed", at: range.lowerBound)
    }
    guard isEscaped else {
      guard let text = bytes.text(range) else { throw Self.invalid(range) }
      return text
    }
    return try Self.decode(bytes, range)
  }

  private static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ThriftError) -> String {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      guard bytes[at] == 0x5C else {
        decoded.append(bytes[at])
        at += 1
        continue
      }
      // A string ends at a quote that is not escaped, so a letter follows every backslash.
      switch bytes[at + 1] {
      case 0x75:
        try unicode(bytes, &at, range, &decoded)
        continue
      case 0x62: decoded.append(0x08)
      case 0x66: decoded.append(0x0C)
      case 0x6E: decoded.append(0x0A)
      case 0x72: decoded.append(0x0D)
      case 0x74: decoded.append(0x09)
      case 0x22, 0x2F, 0x5C: decoded.append(bytes[at + 1])
      default: throw invalid(at..<(at + 2))
      }
      at += 2
    }
    guard let text = decoded.span.text(0..<decoded.count) else { throw invalid(range) }
    return text
  }

  /// Passes an escaped UTF-16 unit, or two that belong together.
  private static func unicode(
    _ bytes: Span<UInt8>, _ at: inout Int, _ range: Range<Int>, _ decoded: inout [UInt8]
  ) throws(ThriftError) {
    let start = at
    guard let first = unit(bytes, at, range) else { throw invalid(range) }
    at += 6
    var scalar = UInt32(first)
    if 0xD800..<0xDC00 ~= first {
      guard let second = unit(bytes, at, range), 0xDC00..<0xE000 ~= second else { throw invalid(start..<at) }
      at += 6
      scalar = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    }
    guard let letter = Unicode.Scalar(scalar) else { throw invalid(start..<at) }
    decoded.append(contentsOf: String(Character(letter)).utf8)
  }

  private static func unit(_ bytes: Span<UInt8>, _ at: Int, _ range: Range<Int>) -> UInt16? {
    guard range.upperBound - at >= 6, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { return nil }
    return bytes.text((at + 2)..<(at + 6)).flatMap { digits in
      digits.utf8.allSatisfy { $0 != 0x2B && $0 != 0x2D } ? UInt16(digits, radix: 16) : nil
    }
  }

  private static func invalid(_ range: Range<Int>) -> ThriftError {
    ThriftError(.malformed, "a string is not valid UTF-8 or has an unknown escape", at: range.lowerBound)
  }
}
