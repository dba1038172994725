/// What members need to know of their balancer when a call ends.
struct LoadRules: Sendable {
  let time: BalancerTime
  /// In ticks.
  let decay: Double
  let learnsLatency: Bool
  let keepsOrder: Bool

  init(_ policy: BalancingPolicy, _ settings: BalancerSettings, start: ContinuousClock.Instant) {
    time = BalancerTime(start: start)
    decay = Double(BalancerTime.ticks(of: settings.decay))
    learnsLatency = policy == .peakEWMA
    keepsOrder = policy.needsLoadOrder
  }
}
