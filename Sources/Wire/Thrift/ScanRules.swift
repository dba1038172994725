/// What a field begins with, as far as a scan cares.
enum ScanField {
  /// A value of this type follows.
  case value(ThriftType)
  /// The struct ends here.
  case stop
  /// So many bytes have to be there.
  case needs(Int)
}

/// How a scan passes the parts of a protocol: what a method passes, it adds to the place given.
protocol ScanRules {
  /// Whether a Boolean field has no bytes of its own.
  static var fieldHeadsHoldBooleans: Bool { get }

  /// The bytes that any element of this type has; nil if that depends on the element.
  static func fixedSize(_ type: ThriftType) -> Int?

  /// Passes a field's head.
  static func field(_ bytes: Span<UInt8>, _ at: inout Int) throws(ThriftError) -> ScanField

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
