/// How a scan passes the parts of the binary protocol.
enum BinaryScan: ScanRules {
  @inline(__always)
  static func fixedSize(_ type: ThriftType) -> Int? { type.fixedSize }

  /// The sizes of types by their numbers, four bits each from the lowest on, so that none needs a branch.
  private static let sizes: UInt64 = 0x0000_0804_0208_1100

  @inline(__always)
  static func fields(_ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits) throws(ThriftError) -> ScanStep {
    while at < bytes.count {
      let code = bytes[at]
      guard code & 0xF0 == 0 else { throw .type(code, at: at) }
      let size = Int(truncatingIfNeeded: sizes &>> (UInt64(code) &* 4) & 0xF)
      if size > 0 {
        let end = at &+ 3 &+ size
        guard end <= bytes.count else { return .needs(end) }
        at = end
        continue
      }
      guard code != 0 else {
        at &+= 1
        return .passed
      }
      guard let type = ThriftType(rawValue: code) else { throw .type(code, at: at) }
      var next = at &+ 3
      let step = try value(type, bytes, &next, limits)
      if case .needs = step { return step }
      at = next
      if case .begun = step { return step }
    }
    return .needs(at &+ 1)
  }

  @inline(__always)
  static func value(
    _ type: ThriftType, _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep {
    if let size = type.fixedSize { return pass(size, bytes, &at) }
    switch type {
    case .string:
      guard bytes.count &- at >= 4 else { return .needs(at &+ 4) }
      let size = try limits.size(Int(Int32(bitPattern: bytes.word32(at: at))), at: at)
      return pass(4 &+ size, bytes, &at)
    case .structure: return .begun(.fields)
    case .map: return try map(bytes, &at, limits)
    default: return try elements(bytes, &at, limits)
    }
  }

  private static func elements(
    _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep {
    guard bytes.count &- at >= 5 else { return .needs(at &+ 5) }
    let count = try limits.count(Int(Int32(bitPattern: bytes.word32(at: at &+ 1))), at: at)
    let type = try ThriftBinaryReader.type(bytes[at], of: count, at: at)
    at &+= 5
    try limits.check(count, ofBytes: type.smallestSize, messageAt: at)
    return .begun(.elements(type, left: count))
  }

  private static func map(
    _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep {
    guard bytes.count &- at >= 6 else { return .needs(at &+ 6) }
    let count = try limits.count(Int(Int32(bitPattern: bytes.word32(at: at &+ 2))), at: at)
    let key = try ThriftBinaryReader.type(bytes[at], of: count, at: at)
    let value = try ThriftBinaryReader.type(bytes[at &+ 1], of: count, at: at)
    at &+= 6
    try limits.check(count, ofBytes: key.smallestSize &+ value.smallestSize, messageAt: at)
    return .begun(.entries(key, value, left: count &* 2))
  }
}
