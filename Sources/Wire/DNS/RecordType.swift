/// The kind of a resource record, or what a question asks for (RFC 1035 section 3.2.2).
public struct RecordType: RawRepresentable, Sendable, Hashable {
  /// The number in the packet.
  public let rawValue: UInt16

  /// The type of that number; any number is one.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// An IPv4 address.
  public static let a = RecordType(rawValue: 1)
  /// A name server of the domain.
  public static let ns = RecordType(rawValue: 2)
  /// The name that this one stands for.
  public static let cname = RecordType(rawValue: 5)
  /// The start of a domain's authority.
  public static let soa = RecordType(rawValue: 6)
  /// The name that belongs to an address.
  public static let ptr = RecordType(rawValue: 12)
  /// Free text.
  public static let txt = RecordType(rawValue: 16)
  /// An IPv6 address (RFC 3596).
  public static let aaaa = RecordType(rawValue: 28)
  /// A service's host and port (RFC 2782).
  public static let srv = RecordType(rawValue: 33)
  /// The pseudo-record of EDNS (RFC 6891).
  public static let opt = RecordType(rawValue: 41)
  /// Only in a question: whatever there is.
  public static let any = RecordType(rawValue: 255)

  /// Whether only messages about messages may have it: signatures, zone transfers, and other things that are no data.
  public var isTransaction: Bool { rawValue == 0 || rawValue == 41 || (249...254).contains(rawValue) }
}

/// The class of a record or a question.
public struct RecordClass: RawRepresentable, Sendable, Hashable {
  /// The number in the packet.
  public let rawValue: UInt16

  /// The class of that number; any number is one.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The Internet, the only one in use.
  public static let internet = RecordClass(rawValue: 1)
  /// Only in a question: any class.
  public static let any = RecordClass(rawValue: 255)
}
