/// How a scan passes the parts of the binary protocol.
enum BinaryScan: ScanRules {
  static let fieldHeadsHoldBooleans = false

  @inline(__always)
  static func fixedSize(_ type: ThriftType) -> Int? { type.fixedSize }

  @inline(__always)
  static func field(_ bytes: Span<UInt8>, _ at: inout Int) throws(ThriftError) -> ScanField {
    guard at < bytes.count else { return .needs(at &+ 1) }
    let code = bytes[at]
    guard code != 0 else {
      at &+= 1
      return .stop
    }
    guard let type = ThriftType(rawValue: code) else { throw .type(code, at: at) }
    guard bytes.count &- at > 3 else { return .needs(at &+ 4) }
    at &+= 3
    return .value(type)
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
