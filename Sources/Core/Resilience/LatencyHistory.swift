/// The distribution of the latest latencies, in little memory: four buckets for each power of two from 16 µs on, halved
/// whenever there are enough, so that old ones fade.
struct LatencyHistory: Sendable {
  private var counts: InlineArray<96, Int32> = .init(repeating: 0)
  private(set) var total = 0

  /// So many are remembered, give or take half.
  private static let memory = 4_096

  mutating func add(_ latency: Duration) {
    counts[Self.bucket(of: latency)] += 1
    total += 1
    if total >= Self.memory { fade() }
  }

  /// A latency that at least this share of the others do not exceed, up to 19 % too long; nil without any.
  func quantile(_ share: Double) -> Duration? {
    guard total > 0 else { return nil }
    let rank = max(Int((share * Double(total)).rounded(.up)), 1)
    var seen = 0
    for bucket in counts.indices {
      seen += Int(counts[bucket])
      if seen >= rank { return Self.upperEnd(of: bucket) }
    }
    return nil
  }

  private mutating func fade() {
    total = 0
    for bucket in counts.indices {
      counts[bucket] /= 2
      total += Int(counts[bucket])
    }
  }

  private static func bucket(of latency: Duration) -> Int {
    let (seconds, attoseconds) = latency.components
    guard seconds < 100_000 else { return 95 }
    // In quarters of 16 µs.
    let units = max(seconds * 250_000 + attoseconds / 4_000_000_000_000, 0)
    guard units >= 4 else { return 0 }
    let power = Int64.bitWidth - 1 - units.leadingZeroBitCount
    let quarter = Int(units >> Int64(power - 2)) & 3
    return min((power - 2) * 4 + quarter + 1, 95)
  }

  private static func upperEnd(of bucket: Int) -> Duration {
    guard bucket > 0 else { return .microseconds(16) }
    let power = (bucket - 1) / 4
    let quarter = Int64((bucket - 1) % 4)
    return .microseconds((5 + quarter) << Int64(power) * 4)
  }
}
