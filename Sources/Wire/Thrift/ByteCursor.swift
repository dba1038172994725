/// A place in bytes. Every step checks once that what it reads is there.
///
/// The bytes are passed to each step since a span can't be kept.
struct ByteCursor: Sendable {
  private(set) var place: Int

  @inline(__always)
  init(_ place: Int) {
    self.place = max(place, 0)
  }

  /// Passes `count` bytes; where they begin.
  @inline(__always)
  mutating func take(_ count: Int, _ bytes: Span<UInt8>) throws(ThriftError) -> Int {
    guard count >= 0, count <= bytes.count &- place else { throw truncated(count) }
    defer { place &+= count }
    return place
  }

  @inline(__always)
  mutating func byte(_ bytes: Span<UInt8>) throws(ThriftError) -> UInt8 {
    guard place < bytes.count else { throw truncated(1) }
    defer { place &+= 1 }
    return bytes[place]
  }

  @inline(__always)
  mutating func word16(_ bytes: Span<UInt8>) throws(ThriftError) -> UInt16 {
    bytes.word16(at: try take(2, bytes))
  }

  @inline(__always)
  mutating func word32(_ bytes: Span<UInt8>) throws(ThriftError) -> UInt32 {
    bytes.word32(at: try take(4, bytes))
  }

  @inline(__always)
  mutating func word64(_ bytes: Span<UInt8>) throws(ThriftError) -> UInt64 {
    bytes.word64(at: try take(8, bytes))
  }

  /// Passes `count` bytes that are copied.
  mutating func array(_ count: Int, _ bytes: Span<UInt8>) throws(ThriftError) -> [UInt8] {
    let start = try take(count, bytes)
    return bytes.array(start..<place)
  }

  /// Passes `count` bytes; the text that they are, or nil if they aren't valid UTF-8.
  mutating func text(_ count: Int, _ bytes: Span<UInt8>) throws(ThriftError) -> String? {
    let start = try take(count, bytes)
    return bytes.text(start..<place)
  }

  private func truncated(_ count: Int) -> ThriftError {
    ThriftError(.truncated, "the bytes end within a value of which \(count) more were expected", at: place)
  }
}

// One part is cut out first: its few places are then known to exist, and the loads become one.
extension Span<UInt8> {
  @inline(__always)
  func word16(at place: Int) -> UInt16 {
    let part = extracting(place..<place &+ 2)
    return UInt16(part[0]) << 8 | UInt16(part[1])
  }

  @inline(__always)
  func word32(at place: Int) -> UInt32 {
    let part = extracting(place..<place &+ 4)
    return UInt32(part[0]) << 24 | UInt32(part[1]) << 16 | UInt32(part[2]) << 8 | UInt32(part[3])
  }

  @inline(__always)
  func word64(at place: Int) -> UInt64 {
    let part = extracting(place..<place &+ 8)
    let high = UInt64(part[0]) << 56 | UInt64(part[1]) << 48 | UInt64(part[2]) << 40 | UInt64(part[3]) << 32
    return high | UInt64(part[4]) << 24 | UInt64(part[5]) << 16 | UInt64(part[6]) << 8 | UInt64(part[7])
  }

  /// A copy of a part.
  func array(_ range: Range<Int>) -> [UInt8] {
    let part = extracting(range)
    return [UInt8](capacity: part.count) { output in
      for index in part.indices { output.append(part[index]) }
    }
  }

  /// The text that a part is, or nil if it isn't valid UTF-8.
  func text(_ range: Range<Int>) -> String? {
    guard let text = try? UTF8Span(validating: extracting(range)) else { return nil }
    return String(copying: text)
  }
}
