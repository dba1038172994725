internal import Synchronization

/// What a call to an instance costs in time, as a moving average that jumps up to peaks at once and forgets them slowly.
///
/// Peak EWMA as in Finagle's load balancer: an observation above the average replaces it, one below it moves it by
/// 1 − e^(−Δt / decay). Threads that report at the same moment may lose one of their observations, which costs less than
/// a lock would.
struct LatencyCost: ~Copyable, Sendable {
  /// The average in `Ticks`, as the bits of a `Double`; 0 before the first observation.
  private let average: Atomic<UInt64>
  /// When it was last changed.
  private let stamp: Atomic<Int64>

  /// Knows what another one knows.
  init(like other: borrowing LatencyCost) {
    average = Atomic(other.average.load(ordering: .relaxed))
    stamp = Atomic(other.stamp.load(ordering: .relaxed))
  }

  /// Knows nothing.
  init() {
    average = Atomic(0)
    stamp = Atomic(0)
  }

  /// The average in ticks, faded since the last observation so that a peak does not shut an instance out for good; 0 before
  /// the first.
  @inline(__always)
  func ticks(at now: Int64, decay: Double) -> Double {
    let value = Double(bitPattern: average.load(ordering: .relaxed))
    let elapsed = Double(now &- stamp.load(ordering: .relaxed))
    // Most instances were heard of a moment ago: then fading would change nothing worth its price.
    return elapsed * 64 < decay ? value : value * Self.exponential(-elapsed / decay)
  }

  /// Takes in that a call took so long.
  func observe(_ latency: Int64, at now: Int64, decay: Double) {
    let latency = Double(max(latency, 1))
    let before = Double(bitPattern: average.load(ordering: .relaxed))
    let elapsed = Double(max(now &- stamp.load(ordering: .relaxed), 0))
    let value = latency >= before ? latency : latency + (before - latency) * Self.exponential(-elapsed / decay)
    average.store(value.bitPattern, ordering: .relaxed)
    stamp.store(now, ordering: .relaxed)
  }

  /// e^x for x ≤ 0, within 10⁻⁴: (1 + x / 1024)^1024, which needs no library.
  private static func exponential(_ x: Double) -> Double {
    guard x > -20 else { return 0 }
    var power = 1 + x / 1_024
    for _ in 0..<10 { power *= power }
    return power
  }
}
