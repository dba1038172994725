package import MusterBalancing

/// What a run showed.
package struct Outcome: Sendable, Hashable {
  /// The policy.
  package let policy: BalancingPolicy
  /// The scenario.
  package let scenario: Scenario
  /// Calls from the trouble on.
  package let calls: Int
  /// Of them, those that were refused, broken off or given up.
  package let failed: Int
  /// Milliseconds in which half of the calls were answered. Refused ones are left out, since they have no answer; one that was
  /// given up counts with the whole second that it took.
  package let median: Double
  /// The same for 99 % of the calls.
  package let p99: Double
  /// The same for 99.9 % of the calls.
  package let p999: Double
  /// Calls of the busiest instance over the mean, among those that nothing happens to: 1 is even.
  package let busiest: Double
  /// The calls of the affected instance over an even share, while callers knew of it; nil where there is none.
  package let affected: Double?

  init(_ policy: BalancingPolicy, _ scenario: Scenario, _ tally: Tally) {
    self.policy = policy
    self.scenario = scenario
    calls = tally.calls
    failed = tally.failed
    let latencies = tally.latencies.sorted()
    median = Self.milliseconds(latencies, 0.5)
    p99 = Self.milliseconds(latencies, 0.99)
    p999 = Self.milliseconds(latencies, 0.999)
    let others = tally.counts.indices.filter { $0 != tally.affected }.map { Double(tally.counts[$0]) }
    let mean = others.reduce(0, +) / Double(max(others.count, 1))
    busiest = mean > 0 ? (others.max() ?? 0) / mean : 0
    affected = tally.affected.map { tally.fairShare > 0 ? Double(tally.counts[$0]) / tally.fairShare : 0 }
  }

  /// The share of calls that failed.
  package var failedShare: Double { calls > 0 ? Double(failed) / Double(calls) : 0 }

  /// The latency that this part of the calls do not exceed; 0 when there are none.
  private static func milliseconds(_ sorted: [Int64], _ part: Double) -> Double {
    guard let last = sorted.indices.last else { return 0 }
    return Double(sorted[min(Int((Double(sorted.count) * part).rounded(.up)), last + 1) - 1]) / 1e6
  }
}
