internal import MusterThrift

/// A message and its frame, in the bytes of a connection.
struct CutMessage: Sendable {
  /// How many bytes both have together.
  let length: Int
  /// What the message begins with.
  let head: ThriftMessageHead
  /// What THeader says besides.
  let header: HeaderBox?
}

/// What THeader says, which few messages have: to carry it along with all would make each of them dearer.
final class HeaderBox: Sendable {
  let header: ThriftHeader

  init(_ header: ThriftHeader) { self.header = header }
}

extension CutMessage {
  /// Names up to this are nothing unusual.
  private static let usualName = 100

  /// A complete framed message of the binary protocol with nothing unusual about it; nil leaves it to those who know everything.
  /// `known` is the name that came last, and this one afterwards.
  init?(framedBinary bytes: Span<UInt8>, _ limits: ThriftLimits, _ known: inout KnownName) {
    guard bytes.count >= 16 else { return nil }
    let length = 4 + Int(Self.word(bytes, 0))
    let mark = Self.word(bytes, 4)
    let nameSize = Int(Self.word(bytes, 8))
    guard length <= min(bytes.count, limits.messageSize), mark & 0xFFFF_FF00 == 0x8001_0000 else { return nil }
    guard nameSize <= Self.usualName, 16 + nameSize <= length else { return nil }
    guard let type = ThriftMessageType(rawValue: UInt8(truncatingIfNeeded: mark)) else { return nil }
    guard let name = known.name(bytes.extracting(12..<(12 + nameSize))) else { return nil }
    let number = Int32(bitPattern: Self.word(bytes, 12 + nameSize))
    self.init(length: length, head: ThriftMessageHead(name, type, sequenceID: number), header: nil)
  }

  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ place: Int) -> UInt32 {
    let part = bytes.extracting(place..<(place + 4))
    return UInt32(part[0]) << 24 | UInt32(part[1]) << 16 | UInt32(part[2]) << 8 | UInt32(part[3])
  }
}
