/// How long answers took, in buckets of at most 1.6 % width: its size does not grow with what it counts.
public struct LatencyHistogram: Sendable {
  private static let subBits = 6
  /// Buckets for every power of two a number of 64 bits can have.
  private var buckets = [UInt64](repeating: 0, count: (65 - subBits) << subBits)
  /// How many were recorded.
  public private(set) var count: UInt64 = 0
  /// The longest, in nanoseconds; 0 when nothing was recorded.
  public private(set) var longest: UInt64 = 0

  /// An empty one.
  public init() {}

  /// Counts one of `nanoseconds`.
  public mutating func record(_ nanoseconds: UInt64) {
    buckets[Self.bucket(of: nanoseconds)] &+= 1
    count &+= 1
    longest = max(longest, nanoseconds)
  }

  /// The time, in nanoseconds, that a part of the answers did not exceed; 0 when nothing was recorded.
  ///
  /// - Parameter quantile: 0.5 for the median; it is kept within 0 … 1.
  /// - Returns: At most 1.6 % more than the exact time.
  public func time(at quantile: Double) -> UInt64 {
    guard count > 0 else { return 0 }
    let rank = max(1, (Double(count) * min(max(quantile, 0), 1)).rounded(.up))
    var seen: UInt64 = 0
    for bucket in buckets.indices {
      seen += buckets[bucket]
      if Double(seen) >= rank { return min(Self.upperEnd(of: bucket), longest) }
    }
    return longest
  }

  /// The bucket: the position of the highest bit, then the bits below it.
  private static func bucket(of value: UInt64) -> Int {
    let power = 63 - max(value, 1).leadingZeroBitCount
    guard power >= subBits else { return Int(value) }
    let shift = power - subBits
    return (shift + 1) << subBits + Int(value >> UInt64(shift)) - 1 << subBits
  }

  private static func upperEnd(of bucket: Int) -> UInt64 {
    guard bucket >= 1 << subBits else { return UInt64(bucket) }
    let shift = UInt64(bucket >> subBits - 1)
    let lead = UInt64(bucket & (1 << subBits - 1) | 1 << subBits)
    return lead << shift + (1 << shift - 1)
  }
}
