internal import MusterDiscovery
internal import MusterThreading
internal import Synchronization

/// An instance and what is known of its load; it outlives the lists that it stands in.
final class Member: Sendable {
  // What a call changes comes first, beside the reference count that it changes too: one cache line in place of three.
  private let calls = Atomic<Int>(0)
  let latency: LatencyCost
  /// The weight that loads are divided by: 1 where the instance has none, since it is then used only beside others alike.
  let divisor: Int
  private let rules: LoadRules
  /// Where it stands in the list.
  private let listed = Atomic<Int>(0)
  /// Where it stands in an order of loads, for policies that keep one.
  let seat = Locked<LoadOrder.Seat?>(nil)
  /// What ring, table and rendezvous know it by.
  let hash: UInt64
  /// The instance's weight, brought into its range: whoever changes it after the instance was made may go beyond.
  let weight: Int
  /// When its slow start began; nil if it has none.
  let joined: Int64?
  let instance: Instance

  init(_ instance: Instance, joined: Int64?, rules: LoadRules, like earlier: Member? = nil) {
    self.rules = rules
    self.instance = instance
    self.joined = joined
    weight = min(max(instance.weight, 0), Instance.maximumWeight)
    divisor = max(weight, 1)
    hash = StableHash.of(instance.id)
    if let earlier { latency = LatencyCost(like: earlier.latency) } else { latency = LatencyCost() }
  }

  /// The calls under way.
  var pending: Int { calls.load(ordering: .relaxed) }

  /// Where it stands in the list, or stood in the last one that it was in.
  var place: Int { listed.load(ordering: .relaxed) }

  /// It stands there now.
  func move(to place: Int) { listed.store(place, ordering: .relaxed) }

  func began() { calls.wrappingAdd(1, ordering: .relaxed) }

  /// A call begins that no pool has chosen.
  func beganOutOfTurn() {
    began()
    if rules.keepsOrder, let seat = seat.withLock({ $0 }) { seat.update(self) }
  }

  /// A call that began at `start` has ended.
  func ended(_ outcome: PickOutcome, start: Int64, at now: ContinuousClock.Instant) {
    calls.wrappingSubtract(1, ordering: .relaxed)
    if rules.learnsLatency, outcome != .cancelled {
      let ticks = rules.ticks(at: now)
      // A quick failure must not look like a quick answer.
      let latency = outcome == .success ? ticks &- start : max(ticks &- start, Self.costOfFailure)
      self.latency.observe(latency, at: ticks, decay: rules.decay)
    }
    if rules.keepsOrder, let seat = seat.withLock({ $0 }) { seat.update(self) }
  }

  private static let costOfFailure = Ticks.of(.seconds(1))
}
