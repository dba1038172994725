/// Time as balancers count it: ticks of 2³⁰ attoseconds (1.07 ns) since the balancer was made, which cost a shift where
/// nanoseconds would cost a division.
struct BalancerTime: Sendable {
  private let start: ContinuousClock.Instant

  init(start: ContinuousClock.Instant) { self.start = start }

  @inline(__always)
  func ticks(at now: ContinuousClock.Instant) -> Int64 { Self.ticks(of: start.duration(to: now)) }

  @inline(__always)
  static func ticks(of duration: Duration) -> Int64 { Int64(truncatingIfNeeded: duration.attoseconds >> 30) }
}
