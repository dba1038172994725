internal import MusterRedis

/// A cached answer as it stands in Redis: `MCHE`, a version, its lifetime in milliseconds (8 bytes, the highest first), and
/// the answer.
///
/// No time of day is in it: its age is its lifetime less what Redis says is left of it, so no two clocks are compared.
struct CacheEntry: Hashable {
  static let headerBytes = magic.count + 1 + 8
  /// A century.
  static let longestLifetime: Int64 = 100 * 365 * 86_400_000
  private static let magic = Array("MCHE".utf8)
  private static let version: UInt8 = 1

  let lifetimeMilliseconds: Int64
  let answer: [UInt8]

  /// An entry that lives this long, at most a century; nil if that is no time.
  init?(answer: [UInt8], lifetime: Duration) {
    guard lifetime > .zero else { return nil }
    let (seconds, attoseconds) = min(lifetime, .milliseconds(Self.longestLifetime)).components
    lifetimeMilliseconds = max(1, seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
    self.answer = answer
  }

  /// Reads what Redis has under a key.
  ///
  /// - Throws: ``RedisError/Code/invalidValue`` with what is wrong.
  init(parsing bytes: [UInt8]) throws(RedisError) {
    guard bytes.starts(with: Self.magic) else { throw Self.invalid("it was not written by this library") }
    guard bytes.count >= Self.headerBytes else {
      throw Self.invalid("it has \(bytes.count) bytes; the least is \(Self.headerBytes)")
    }
    let version = bytes[Self.magic.count]
    guard version == Self.version else { throw Self.invalid("its version is \(version); known: \(Self.version)") }
    let lifetime = bytes[(Self.magic.count + 1)..<Self.headerBytes].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard (1...UInt64(Self.longestLifetime)).contains(lifetime) else {
      throw Self.invalid("its lifetime is \(lifetime) ms; allowed: 1 … \(Self.longestLifetime)")
    }
    lifetimeMilliseconds = Int64(lifetime)
    answer = Array(bytes[Self.headerBytes...])
  }

  /// As it stands in Redis.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headerBytes + answer.count)
    bytes += Self.magic
    bytes.append(Self.version)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: lifetimeMilliseconds >> Int64(shift)))
    }
    bytes += answer
    return bytes
  }

  /// Its age when Redis says that it has this many milliseconds left.
  ///
  /// - Throws: ``RedisError/Code/invalidValue`` when somebody else has changed its time to live.
  func age(whenLeft milliseconds: Int64) throws(RedisError) -> Duration {
    guard (0...lifetimeMilliseconds).contains(milliseconds) else {
      let left = milliseconds == -1 ? "all time" : "\(milliseconds) ms"
      throw Self.invalid("it has \(left) left; allowed: 0 … \(lifetimeMilliseconds) ms, its lifetime")
    }
    return .milliseconds(lifetimeMilliseconds - milliseconds)
  }

  private static func invalid(_ why: String) -> RedisError {
    RedisError(.invalidValue, "the value in Redis is no cached answer: \(why)")
  }
}
