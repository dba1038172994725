/// What members need to know of their balancer when a call ends.
///
/// A class, since a struct that holds an instant of a clock is costly to copy.
final class LoadRules: Sendable {
  /// In ticks.
  let decay: Double
  let learnsLatency: Bool
  let keepsOrder: Bool
  private let start: ContinuousClock.Instant

  init(_ policy: BalancingPolicy, _ settings: BalancerSettings, start: ContinuousClock.Instant) {
    self.start = start
    decay = Double(Ticks.of(settings.decay))
    learnsLatency = policy == .peakEWMA
    keepsOrder = policy.needsLoadOrder
  }

  /// The time since the balancer was made.
  @inline(__always)
  func ticks(at now: ContinuousClock.Instant) -> Int64 { Ticks.of(start.duration(to: now)) }
}

/// Time as balancers count it: in units of 2³⁰ attoseconds (1.07 ns), which cost a shift where nanoseconds would cost a
/// division.
enum Ticks {
  @inline(__always)
  static func of(_ duration: Duration) -> Int64 { Int64(truncatingIfNeeded: duration.attoseconds >> 30) }
}
