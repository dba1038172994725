/// What one stripe of threads chooses with: pools of its own, so that threads do not wait for each other.
struct Lane: Sendable {
  /// Instances of the caller's zone; all of them if zones do not matter.
  private var near: Pool
  /// The others.
  private var far: Pool
  /// The share of the calls that stays near.
  private let nearShare: Double
  private let slowStart: BalancerSettings.SlowStart?
  /// Nobody is in slow start any more from then on.
  private let slowUntil: ContinuousClock.Instant?
  private var random: SeededGenerator

  init(_ roster: Roster, policy: BalancingPolicy, settings: BalancerSettings, seed: UInt64) {
    near = Pool(roster.near, policy: policy, settings: settings)
    far = Pool(roster.far, policy: policy, settings: settings)
    nearShare = roster.nearShare
    slowStart = settings.slowStart
    slowUntil = roster.slowUntil
    random = SeededGenerator(seed: seed)
  }

  /// The same pools, with choices of its own; tables are shared, and what changes with a choice is copied by the first one.
  func copy(seed: UInt64) -> Lane {
    var copy = self
    copy.random = SeededGenerator(seed: seed)
    let offset = copy.random.next()
    copy.near.start(at: offset)
    copy.far.start(at: offset)
    return copy
  }

  /// A member that may be chosen, its call counted; nil if there is none.
  @inline(__always)
  mutating func pick(
    _ key: UInt64?, excluding excluded: [String], at now: ContinuousClock.Instant, ticks: Int64
  ) -> Member? {
    let isSlow = slowUntil.map { now < $0 } ?? false
    let admission = Admission(excluded: excluded, slowStart: isSlow ? slowStart : nil, now: now)
    if far.members.isEmpty { return near.pick(key, at: ticks, admission, &random) }
    let startsNear = !near.members.isEmpty && (nearShare >= 1 || random.fraction() < nearShare)
    // Whoever is left out here may have neighbours elsewhere.
    if startsNear {
      return near.pick(key, at: ticks, admission, &random) ?? far.pick(key, at: ticks, admission, &random)
    }
    return far.pick(key, at: ticks, admission, &random) ?? near.pick(key, at: ticks, admission, &random)
  }

  /// A member has ended a call.
  mutating func ended(_ member: Member) {
    if !near.ended(member) { _ = far.ended(member) }
  }
}
