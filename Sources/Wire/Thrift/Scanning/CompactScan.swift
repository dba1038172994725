/// How a scan passes the parts of the compact protocol.
enum CompactScan: ScanRules {
  @inline(__always)
  static func fixedSize(_ type: ThriftType) -> Int? {
    switch type {
    case .bool, .byte: 1
    case .double: 8
    default: nil
    }
  }

  @inline(__always)
  static func fields(_ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits) throws(ThriftError) -> ScanStep {
    while at < bytes.count {
      let first = bytes[at]
      var next = at &+ 1
      guard first & 0x0F != 0 else {
        at = next
        return .passed
      }
      let type = try CompactType.type(first & 0x0F, at: at)
      if first >> 4 == 0, try Varint.find(bytes, &next, bits: 16) == nil { return .needs(bytes.count &+ 1) }
      // A Boolean field has no more than its head.
      if type != .bool {
        let step = try value(type, bytes, &next, limits)
        if case .needs = step { return step }
        at = next
        if case .begun = step { return step }
      } else {
        at = next
      }
    }
    return .needs(at &+ 1)
  }

  @inline(__always)
  static func value(
    _ type: ThriftType, _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep {
    switch type {
    case .bool, .byte: return pass(1, bytes, &at)
    case .double: return pass(8, bytes, &at)
    case .i16, .i32, .i64:
      let bits = type == .i16 ? 16 : type == .i32 ? 32 : 64
      guard try Varint.find(bytes, &at, bits: bits) != nil else { return .needs(bytes.count &+ 1) }
      return .passed
    case .string:
      guard let size = try Varint.find(bytes, &at, bits: 32) else { return .needs(bytes.count &+ 1) }
      return pass(try limits.size(Int(size), at: at), bytes, &at)
    case .structure: return .begun(.fields)
    case .map: return try map(bytes, &at, limits)
    case .set, .list: return try elements(bytes, &at, limits)
    }
  }

  private static func elements(
    _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep {
    guard at < bytes.count else { return .needs(at &+ 1) }
    let first = bytes[at]
    at &+= 1
    var count = Int(first >> 4)
    if count == 15 {
      guard let long = try Varint.find(bytes, &at, bits: 32) else { return .needs(bytes.count &+ 1) }
      count = try limits.count(Int(long), at: at)
    }
    let type = try ThriftCompactReader.type(first & 0x0F, of: count, at: at)
    try limits.check(count, ofBytes: CompactType.smallestSize(type), messageAt: at)
    return .begun(.elements(type, left: count))
  }

  private static func map(
    _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep {
    guard let long = try Varint.find(bytes, &at, bits: 32) else { return .needs(bytes.count &+ 1) }
    let count = try limits.count(Int(long), at: at)
    guard count > 0 else { return .passed }
    guard at < bytes.count else { return .needs(at &+ 1) }
    let key = try CompactType.type(bytes[at] >> 4, at: at)
    let value = try CompactType.type(bytes[at] & 0x0F, at: at)
    at &+= 1
    try limits.check(
      count, ofBytes: CompactType.smallestSize(key) + CompactType.smallestSize(value), messageAt: at)
    return .begun(.entries(key, value, left: count &* 2))
  }
}
