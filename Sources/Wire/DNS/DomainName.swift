/// A name: labels of 1 to 63 bytes, at most 255 bytes in all, in the form of a packet.
///
/// Two names are equal if their bytes are; compare what `lowercased` gives to disregard case.
public struct DomainName: Sendable, Hashable {
  /// The most bytes of a name, with the lengths of the labels and the last, empty one (RFC 1035 section 2.3.4).
  public static let byteLimit = 255
  /// The most bytes of a label.
  public static let labelLimit = 63

  /// The labels, each after its length, and the empty one at the end.
  public let bytes: [UInt8]

  /// The name of no labels.
  public static let root = DomainName(unchecked: [0])

  init(unchecked bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The name of these labels; nil if one is empty or too long, or all together are.
  public init?(labels: some Sequence<some Collection<UInt8>>) {
    var bytes: [UInt8] = []
    for label in labels {
      guard !label.isEmpty, label.count <= Self.labelLimit, bytes.count + label.count + 2 <= Self.byteLimit else {
        return nil
      }
      bytes.append(UInt8(label.count))
      bytes += label
    }
    self.bytes = bytes + [0]
  }

  /// The name at the start of `bytes`, which must not use compression; nil if there is none.
  public init?(wire bytes: some Collection<UInt8>) {
    var labels: [[UInt8]] = []
    var rest = bytes[...]
    while let length = rest.popFirst(), length > 0 {
      guard length <= Self.labelLimit, rest.count > length else { return nil }
      labels.append(Array(rest.prefix(Int(length))))
      rest = rest.dropFirst(Int(length))
    }
    guard !bytes.isEmpty else { return nil }
    self.init(labels: labels)
  }

  /// The labels, the leftmost first.
  public var labels: [ArraySlice<UInt8>] {
    var labels: [ArraySlice<UInt8>] = []
    var place = 0
    while place < bytes.count, bytes[place] > 0 {
      let end = place + 1 + Int(bytes[place])
      labels.append(bytes[place + 1..<end])
      place = end
    }
    return labels
  }

  /// This name under another; nil if that is too long.
  public func under(_ parent: DomainName) -> DomainName? {
    let joined = bytes.dropLast() + parent.bytes
    return joined.count <= Self.byteLimit ? DomainName(unchecked: Array(joined)) : nil
  }

  /// The name with A to Z in lower case. A label's length is below that range, so all bytes can be treated alike.
  public var lowercased: DomainName { DomainName(unchecked: bytes.map(\.lowercasedASCII)) }
}

extension UInt8 {
  /// The byte, or the small letter if it is one of A to Z.
  @inlinable public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
