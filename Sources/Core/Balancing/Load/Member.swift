internal import MusterDiscovery
internal import Synchronization

/// An instance and what is known of its load; it outlives the lists that it stands in.
final class Member: Sendable {
  let instance: Instance
  /// What ring, table and rendezvous know it by.
  let hash: UInt64
  /// When its slow start began; nil if it has none.
  let joined: ContinuousClock.Instant?
  private let calls = Atomic<Int>(0)
  let latency: LatencyCost

  init(_ instance: Instance, joined: ContinuousClock.Instant?, like earlier: Member? = nil) {
    self.instance = instance
    self.joined = joined
    hash = StableHash.of(instance.id)
    latency = LatencyCost(like: earlier?.latency)
  }

  /// The calls under way.
  var pending: Int { calls.load(ordering: .relaxed) }

  /// The weight that loads are divided by: 1 where the instance has none, since it is then used only beside others alike.
  var divisor: Int { max(instance.weight, 1) }

  func began() { calls.wrappingAdd(1, ordering: .relaxed) }

  func ended() { calls.wrappingSubtract(1, ordering: .relaxed) }
}
