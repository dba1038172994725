/// How a scan passes the parts of a protocol: what a method passes, it adds to the place given.
protocol ScanRules {
  /// The bytes that any element of this type has; nil if that depends on the element.
  static func fixedSize(_ type: ThriftType) -> Int?

  /// Passes fields, each as a whole, up to the struct's end, or up to and including the head of a struct or container.
  static func fields(_ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits) throws(ThriftError) -> ScanStep

  /// Passes a value, or the head of a struct or container.
  static func value(
    _ type: ThriftType, _ bytes: Span<UInt8>, _ at: inout Int, _ limits: ThriftLimits
  ) throws(ThriftError) -> ScanStep
}

extension ScanRules {
  /// Passes so many bytes.
  @inline(__always)
  static func pass(_ count: Int, _ bytes: Span<UInt8>, _ at: inout Int) -> ScanStep {
    let end = at &+ count
    guard end <= bytes.count else { return .needs(end) }
    at = end
    return .passed
  }
}
