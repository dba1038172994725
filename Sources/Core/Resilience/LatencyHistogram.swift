/// How long calls took lately, in a fixed number of counts.
///
/// A duration falls into a bucket by its highest bit and the four bits below, so a percentile is at most 1/16 too high.
/// Two generations replace each other, so that what was long ago is forgotten. Nothing is allocated after `init`.
struct LatencyHistogram: Sendable {
  /// 1 µs steps up to 16 µs, then 16 steps for each doubling up to 2³² µs, more than an hour.
  private static let bucketCount = 16 + 28 * 16

  private var recent = [UInt32](repeating: 0, count: bucketCount)
  private var older = [UInt32](repeating: 0, count: bucketCount)
  private var recentCount = 0
  private var olderCount = 0
  private let generation: Int

  /// A histogram of between `generation` and twice as many of the newest latencies.
  init(generation: Int) {
    self.generation = generation
  }

  var count: Int { recentCount + olderCount }

  mutating func record(_ latency: Duration) {
    if recentCount >= generation { startGeneration() }
    recent[Self.bucket(of: latency)] += 1
    recentCount += 1
  }

  /// The least bucket's end that this share of the latencies does not exceed; nil if there are none.
  func percentile(_ share: Double) -> Duration? {
    guard count > 0 else { return nil }
    let rank = max(Int((Double(count) * share).rounded(.up)), 1)
    var passed = 0
    for bucket in 0..<Self.bucketCount {
      passed += Int(recent[bucket]) + Int(older[bucket])
      if passed >= rank { return Self.end(of: bucket) }
    }
    return Self.end(of: Self.bucketCount - 1)
  }

  private mutating func startGeneration() {
    swap(&recent, &older)
    olderCount = recentCount
    recentCount = 0
    for bucket in recent.indices { recent[bucket] = 0 }
  }

  private static func bucket(of latency: Duration) -> Int {
    let (seconds, attoseconds) = max(latency, .zero).components
    guard seconds < 4_294 else { return bucketCount - 1 }
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    guard microseconds >= 16 else { return Int(microseconds) }
    let shift = 59 - microseconds.leadingZeroBitCount
    return 16 * shift + Int(microseconds >> Int64(shift))
  }

  private static func end(of bucket: Int) -> Duration {
    guard bucket >= 16 else { return .microseconds(bucket + 1) }
    let shift = bucket / 16 - 1
    return .microseconds((16 + bucket % 16 + 1) << shift)
  }
}
