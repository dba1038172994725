extension IPAddress: CustomStringConvertible, LosslessStringConvertible {
  /// The address in its usual text form; nil if it is not one. Zones of IPv6 addresses are not part of them.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= 45 else { return nil }
    let parsed = bytes.contains(UInt8(ascii: ":")) ? Self.parseV6(bytes[...]) : Self.parseV4(bytes[...])
    guard let parsed else { return nil }
    self.init(bytes: parsed)
  }

  private static func parseV4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let numbers = parts.compactMap { decimal($0) }
    return parts.count == 4 && numbers.count == 4 ? numbers : nil
  }

  private static func parseV6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let gap = zip(text.indices, text.indices.dropFirst()).first { text[$0] == 0x3A && text[$1] == 0x3A }
    guard let gap else {
      let bytes = groups(text)
      return bytes?.count == 16 ? bytes : nil
    }
    let (left, right) = (text[..<gap.0], text[(gap.1 + 1)...])
    guard let head = left.isEmpty ? [] : groups(left, mayEndInV4: false), let tail = right.isEmpty ? [] : groups(right),
      head.count + tail.count <= 14
    else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// Groups of four digits with colons between them; the last may be an IPv4 address.
  private static func groups(_ text: ArraySlice<UInt8>, mayEndInV4: Bool = true) -> [UInt8]? {
    var bytes: [UInt8] = []
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if mayEndInV4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let last = parseV4(part) else { return nil }
        bytes += last
      } else {
        let digits = part.compactMap { value($0) }
        guard (1...4).contains(part.count), digits.count == part.count else { return nil }
        let number = digits.reduce(0) { $0 << 4 | UInt16($1) }
        bytes += [UInt8(number >> 8), UInt8(number & 0xFF)]
      }
    }
    return bytes.count <= 16 ? bytes : nil
  }

  /// The address in its usual text form; IPv6 with the longest run of zeros left out (RFC 5952).
  public var description: String {
    guard isIPv6 else { return bytes.map { "\($0)" }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    var gap = 0..<0
    var start = 0
    while start < 8 {
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, gap.count) { gap = start..<end }
      start = end + 1
    }
    func text(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
    return gap.isEmpty ? text(groups[...]) : "\(text(groups[..<gap.lowerBound]))::\(text(groups[gap.upperBound...]))"
  }
}
