/// How an instance is chosen. `docs/balancing.md` says which one when.
public enum BalancingPolicy: String, Sendable, CaseIterable {
  /// Any, by weight.
  case random
  /// One after the other, whatever their weights.
  case roundRobin = "round-robin"
  /// One after the other, the heavier the more often, and never in bursts.
  case weightedRoundRobin = "weighted-round-robin"
  /// The one with the fewest calls under way.
  case leastConnections = "least-connections"
  /// The one with the fewest calls under way for its weight.
  case weightedLeastConnections = "weighted-least-connections"
  /// Of two at random, the one with fewer calls under way for its weight.
  case powerOfTwo = "p2c"
  /// Of two at random, the one that promises the shorter wait.
  case peakEWMA = "peak-ewma"
  /// The same one for the same key, on a ring of hashes.
  case ringHash = "ring-hash"
  /// The same one for the same key, by a look-up table.
  case maglev
  /// The same one for the same key, unless it has more than its share of calls.
  case rendezvous

  /// Whether calls with the same key go to the same instance.
  public var usesKeys: Bool { self == .ringHash || self == .maglev || self == .rendezvous }

  /// Whether instances are drawn at random by their weights.
  var drawsByWeight: Bool { self == .random || self == .powerOfTwo || self == .peakEWMA }

  /// Whether the choice needs all loads in order, and so one lock for all threads.
  var needsLoadOrder: Bool { self == .leastConnections || self == .weightedLeastConnections }
}
