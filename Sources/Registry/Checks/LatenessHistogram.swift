internal import MusterTiming

/// How late checks were started, over the last one to two minutes, to within an eighth.
struct LatenessHistogram {
  /// Buckets by the position of the highest bit of the microseconds, and by the three bits after it.
  private static let bucketCount = 8 * 48
  private static let window = Duration.seconds(60)

  private var current = [UInt32](repeating: 0, count: bucketCount)
  private var previous = [UInt32](repeating: 0, count: bucketCount)
  private var begin: ContinuousClock.Instant?

  mutating func note(_ lateness: Duration, at now: ContinuousClock.Instant) {
    rotate(at: now)
    let microseconds = UInt64(max(0, lateness.nanosecondsClamped / 1_000))
    current[min(Self.bucket(of: microseconds), Self.bucketCount - 1)] &+= 1
  }

  /// The lateness that a share of the starts did not exceed; zero where there were none.
  func quantile(_ share: Double) -> Duration {
    let counts = zip(current, previous).map { UInt64($0) + UInt64($1) }
    let total = counts.reduce(0, +)
    guard total > 0 else { return .zero }
    let wanted = max(1, UInt64((Double(total) * share).rounded(.up)))
    var seen: UInt64 = 0
    for (bucket, count) in counts.enumerated() {
      seen += count
      if seen >= wanted { return .microseconds(Int64(clamping: Self.upperBound(of: bucket))) }
    }
    return .zero
  }

  private mutating func rotate(at now: ContinuousClock.Instant) {
    guard let begin else { return self.begin = now }
    guard now - begin >= Self.window else { return }
    previous = now - begin < Self.window * 2 ? current : [UInt32](repeating: 0, count: Self.bucketCount)
    current = [UInt32](repeating: 0, count: Self.bucketCount)
    self.begin = now
  }

  static func bucket(of microseconds: UInt64) -> Int {
    guard microseconds >= 8 else { return Int(microseconds) }
    let exponent = 63 - microseconds.leadingZeroBitCount
    return 8 * (exponent - 2) + Int(microseconds >> UInt64(exponent - 3) & 7)
  }

  static func upperBound(of bucket: Int) -> UInt64 {
    guard bucket >= 8 else { return UInt64(bucket) }
    let exponent = UInt64(bucket / 8 + 2)
    return (UInt64(8 + bucket % 8 + 1) << (exponent - 3)) - 1
  }
}
