internal import Glibc

/// Finds the keys of an object that come again.
///
/// Nearly all objects are small and have no key twice: a word of bits then tells most keys apart without comparing any.
/// The keys of a large object are hashed, with a secret seed, so that no text takes more than linear time.
struct KeyPlaces {
  @safe private struct Key: Hashable {
    let bytes: UnsafeRawBufferPointer

    func hash(into hasher: inout Hasher) {
      unsafe hasher.combine(bytes: bytes)
    }

    static func == (left: Key, right: Key) -> Bool {
      guard unsafe left.bytes.count == right.bytes.count else { return false }
      guard let some = unsafe left.bytes.baseAddress, let other = unsafe right.bytes.baseAddress else { return true }
      return unsafe memcmp(some, other, left.bytes.count) == 0
    }
  }

  private var bits: UInt64 = 0
  private var places: [Key: Int] = [:]
  private let isLarge: Bool

  /// - Parameter count: the members of the object.
  init(of count: Int) {
    isLarge = count > 32
    if isLarge { places.reserveCapacity(count) }
  }

  /// The place of a key, whose bytes must outlive this value, among the members so far; nil if it is new, and then it
  /// counts as the next one.
  mutating func find(_ key: UnsafeRawBufferPointer, among members: [JSON.Member]) -> Int? {
    if isLarge {
      let key = unsafe Key(bytes: key)
      if let place = places[key] { return place }
      places[key] = members.count
      return nil
    }
    let bit = unsafe Self.bit(of: key)
    guard bits & bit != 0 else {
      bits |= bit
      return nil
    }
    return members.firstIndex { unsafe $0.key.utf8.elementsEqual(key) }
  }

  /// One of 64 bits, chosen by length, first and last byte.
  private static func bit(of key: UnsafeRawBufferPointer) -> UInt64 {
    guard let first = unsafe key.first, let last = unsafe key.last else { return 1 }
    let mixed = UInt64(first) &* 31 &+ UInt64(last) &* 17 &+ UInt64(truncatingIfNeeded: key.count) &* 7
    return 1 << (mixed & 63)
  }
}
