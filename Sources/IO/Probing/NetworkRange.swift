/// A range of addresses in CIDR notation, such as `10.0.0.0/8` or `fd00::/8`.
public struct NetworkRange: Sendable, Equatable {
  private let network: NetworkAddress
  private let prefix: Int

  /// Reads a range; an address without a length is that address alone.
  ///
  /// - Throws: `NetworkRangeError` with the text and what is allowed.
  public init(_ text: String) throws(NetworkRangeError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = parts.first.flatMap({ NetworkAddress($0) }) else {
      throw NetworkRangeError(text, "is not a network such as 10.0.0.0/8 or fd00::/8")
    }
    var prefix = address.width
    if parts.count > 1 {
      let digits = parts[1]
      guard digits.utf8.count <= 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let length = Int(digits),
        length <= address.width
      else {
        throw NetworkRangeError(text, "has a length that is not from 0 to \(address.width)")
      }
      prefix = length
    }
    guard address.bits & Self.hostMask(prefix, width: address.width) == 0 else {
      throw NetworkRangeError(
        text, "has bits of the address set beyond the length: give the first address of the network")
    }
    network = address
    self.prefix = prefix
  }

  /// Whether the address is in the range.
  func contains(_ address: NetworkAddress) -> Bool {
    address.isIPv4 == network.isIPv4
      && (address.bits ^ network.bits) & ~Self.hostMask(prefix, width: network.width) == 0
  }

  private static func hostMask(_ prefix: Int, width: Int) -> UInt128 {
    // A shift by the whole width gives 0, and so the mask of all bits.
    (UInt128(1) << UInt128(width - prefix)) &- 1
  }
}

/// Why a text is no range of addresses.
public struct NetworkRangeError: Error, Sendable, CustomStringConvertible {
  /// A sentence with the text.
  public let message: String

  init(_ text: String, _ problem: String) {
    message = "\(text.cut(toBytes: 80).debugDescription) \(problem)"
  }

  /// The message.
  public var description: String { message }
}
