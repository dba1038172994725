/// How many calls took how long, in the buckets of a Prometheus histogram.
struct LatencyCounts: Sendable {
  /// The upper ends in microseconds: 250 µs to 10 s, and whatever is longer.
  static let bounds: [Int64] = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
    10_000_000,
  ]

  private static let ends = bounds.map { Duration.microseconds($0).attoseconds }

  private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
  private(set) var total = Duration.zero

  mutating func add(_ time: Duration) {
    let ends = Self.ends
    let length = time.attoseconds
    counts[ends.firstIndex { length <= $0 } ?? ends.count] &+= 1
    total += time
  }
}
