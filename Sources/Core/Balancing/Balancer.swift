public import MusterDiscovery
internal import MusterThreading

/// Spreads calls over the instances of a service.
///
/// `update` gives it the instances, `pick` chooses one and counts the call as under way, and `Pick.finish` takes the call off
/// and learns from it. All of them may be called from any thread. Threads choose in lanes of their own, each with a short lock,
/// and with a state of its own: round robin goes round in each of them. Least connections keeps one order of all loads, and
/// so one lock. A new list disturbs no call that is under way, and an instance that stays keeps what is known of its load.
public final class Balancer: Sendable {
  /// How instances are chosen.
  public let policy: BalancingPolicy
  /// What it was made with.
  public let settings: BalancerSettings

  private struct Control: Sendable {
    var members: [Member] = []
    var ejected: Set<String> = []
    var isPanicking = false
    var generation: UInt64 = 0
  }

  private let control = Locked(Control())
  private let lanes: Striped<Lane>
  private let rules: LoadRules
  private let seed: UInt64
  private let numbers = LaneNumbers()

  /// A balancer without instances.
  ///
  /// - Parameters:
  ///   - policy: how instances are chosen.
  ///   - settings: what it does beside choosing.
  ///   - seed: where its random numbers begin; the same seed, calls and times give the same choices in every run, as
  ///     long as one thread makes them.
  ///   - now: the time, from which on all others are counted.
  /// - Throws: `BalancingError` when a setting makes no sense.
  public init(
    _ policy: BalancingPolicy, settings: BalancerSettings = BalancerSettings(), seed: UInt64,
    now: ContinuousClock.Instant
  ) throws(BalancingError) {
    try settings.validate()
    self.policy = policy
    self.settings = settings
    self.seed = seed
    rules = LoadRules(policy, settings, start: now)
    let empty = Roster([], ejected: [], settings: settings)
    lanes = Striped(doublings: 4, Lane(empty, policy: policy, settings: settings, seed: seed, numbers: numbers))
  }

  /// Chooses among these instances from now on; of several with one id the first counts.
  public func update(_ instances: [Instance], at now: ContinuousClock.Instant) {
    let ticks = rules.ticks(at: now)
    control.withLock { control in
      let earlier = Dictionary(control.members.map { ($0.instance.id, $0) }) { first, _ in first }
      var seen: Set<String> = []
      control.members = instances.filter { seen.insert($0.id).inserted }.map { instance in
        let known = earlier[instance.id]
        if let known, known.instance == instance { return known }
        // Nobody is a newcomer in the first list.
        let joined = known.map(\.joined) ?? (earlier.isEmpty ? nil : ticks)
        return Member(instance, joined: joined, rules: rules, like: known)
      }
      for (place, member) in control.members.enumerated() { member.move(to: place) }
      control.ejected.formIntersection(seen)
      publish(&control)
    }
  }

  /// Takes an instance out of the choice, or lets it in again; of no effect on an id that is not in the list.
  public func setEjected(_ id: String, _ isEjected: Bool) {
    control.withLock { control in
      guard control.members.contains(where: { $0.instance.id == id }) else { return }
      let isChanged = isEjected ? control.ejected.insert(id).inserted : control.ejected.remove(id) != nil
      if isChanged { publish(&control) }
    }
  }

  /// Chooses an instance and counts a call to it as under way until `Pick.finish`.
  ///
  /// - Parameters:
  ///   - key: what the call is about, for policies that send the same key to the same instance; nil: any.
  ///   - excluded: ids that are not to be chosen, such as those that have failed this call before.
  ///   - now: the time.
  /// - Returns: nil when there is no instance that may be chosen.
  @inline(__always)
  public func pick(
    key: UInt64? = nil, excluding excluded: [String] = [], at now: ContinuousClock.Instant
  ) -> Pick? {
    let ticks = rules.ticks(at: now)
    let member = lanes.withLock(ThreadStripe.index(of: 16)) { $0.pick(key, excluding: excluded, at: ticks) }
    guard let member else { return nil }
    return Pick(member: member, began: ticks)
  }

  /// Chooses among all instances, ejected or not, for when nobody else is left: the one with the fewest calls for its weight.
  ///
  /// - Parameters:
  ///   - excluded: ids that are not to be chosen.
  ///   - now: the time.
  /// - Returns: nil when there is no other instance.
  public func pickRegardless(excluding excluded: [String] = [], at now: ContinuousClock.Instant) -> Pick? {
    let left = control.withLock { $0.members }.filter { !excluded.contains($0.instance.id) }
    let weighty = left.filter { $0.weight > 0 }
    let least = (weighty.isEmpty ? left : weighty).min {
      Double($0.pending + 1) / Double($0.divisor) < Double($1.pending + 1) / Double($1.divisor)
    }
    guard let least else { return nil }
    least.beganOutOfTurn()
    return Pick(member: least, began: rules.ticks(at: now))
  }

  /// What is known of each instance of the list, in its order.
  public var status: [BalancerStatus] {
    control.withLock { control in
      control.members.map {
        BalancerStatus(
          instance: $0.instance, pending: $0.pending, isEjected: control.ejected.contains($0.instance.id))
      }
    }
  }

  /// Whether ejections are ignored at the moment, because too few instances would be left.
  public var isPanicking: Bool { control.withLock { $0.isPanicking } }

  private func publish(_ control: inout Control) {
    let roster = Roster(control.members, ejected: control.ejected, settings: settings)
    control.isPanicking = roster.isPanicking
    control.generation &+= 1
    let seed = StableHash.combine(seed, control.generation)
    let first = Lane(roster, policy: policy, settings: settings, seed: seed, numbers: numbers)
    for index in 0..<lanes.count {
      var new = first
      // A lane that nobody uses costs nothing; one whose first thread comes just now begins again with it.
      if let number = lanes.withLock(index, { $0.number }) { new.start(as: number) }
      let old = lanes.withLock(index) { lane in
        defer { lane = new }
        if new.number == nil, let number = lane.number { new.start(as: number) }
        return lane
      }
      withExtendedLifetime(old) {}
    }
  }
}
