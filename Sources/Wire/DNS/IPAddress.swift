/// An IPv4 or IPv6 address.
public struct IPAddress: Sendable, Hashable {
  /// The 4 or 16 bytes, in the order of the network.
  public let bytes: [UInt8]

  /// The address of these bytes; nil unless there are 4 or 16.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = Array(bytes)
  }

  /// Whether it is an IPv6 address.
  public var isIPv6: Bool { bytes.count == 16 }

  /// The type of the record that holds it.
  public var recordType: RecordType { isIPv6 ? .aaaa : .a }

  /// The bytes as hexadecimal digits, in lower case.
  public var hexadecimal: [UInt8] {
    bytes.flatMap { [Self.digit($0 >> 4), Self.digit($0 & 0xF)] }
  }

  /// The address of 8 or 32 hexadecimal digits; nil if there are others, or more or fewer.
  public init?(hexadecimal digits: some Collection<UInt8>) {
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = Self.value(digit) else { return nil }
      if let first = high.take() { bytes.append(first << 4 | value) } else { high = value }
    }
    self.init(bytes: bytes)
  }

  /// The address of a name under `in-addr.arpa` or `ip6.arpa`; nil if it is not one of a whole address.
  public init?(reverse name: DomainName) {
    let labels = name.lowercased.labels
    guard labels.count >= 2, labels[labels.count - 1].elementsEqual("arpa".utf8) else { return nil }
    let kind = labels[labels.count - 2]
    let parts = labels.dropLast(2).reversed()
    if kind.elementsEqual("in-addr".utf8), parts.count == 4 {
      let numbers = parts.compactMap { IPAddress.decimal($0) }
      guard numbers.count == 4 else { return nil }
      self.init(bytes: numbers)
    } else if kind.elementsEqual("ip6".utf8), parts.count == 32, parts.allSatisfy({ $0.count == 1 }) {
      self.init(hexadecimal: parts.flatMap { $0 })
    } else {
      return nil
    }
  }

  static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  static func value(_ digit: UInt8) -> UInt8? {
    switch digit.lowercasedASCII {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit.lowercasedASCII - 0x57
    default: nil
    }
  }

  /// A number below 256 in at most three digits, without zeros before it.
  static func decimal(_ digits: some Collection<UInt8>) -> UInt8? {
    guard (1...3).contains(digits.count), digits.count == 1 || digits.first != 0x30 else { return nil }
    var number = 0
    for digit in digits {
      guard digit &- 0x30 < 10 else { return nil }
      number = number * 10 + Int(digit - 0x30)
    }
    return UInt8(exactly: number)
  }
}
