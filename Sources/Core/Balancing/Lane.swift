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
  private let slowUntil: Int64
  private let hasZones: Bool
  private var random: SeededGenerator

  init(_ roster: Roster, policy: BalancingPolicy, settings: BalancerSettings, seed: UInt64) {
    near = Pool(roster.near, policy: policy, settings: settings)
    far = Pool(roster.far, policy: policy, settings: settings)
    nearShare = roster.nearShare
    slowStart = settings.slowStart
    slowUntil = roster.slowUntil
    hasZones = !roster.far.isEmpty
    random = SeededGenerator(seed: seed)
  }

  /// The same pools, with choices of its own; tables are shared, and what changes with a choice is copied by the first one.
  func copy(seed: UInt64) -> Lane {
    var copy = self
    copy.random = SeededGenerator(seed: seed)
    let offset = copy.random.next()
    copy.near.detach(startingAt: offset)
    copy.far.detach(startingAt: offset)
    return copy
  }

  /// A member that may be chosen, its call counted; nil if there is none.
  @inline(__always)
  mutating func pick(_ key: UInt64?, excluding excluded: [String], at now: Int64) -> Member? {
    guard !hasZones, now >= slowUntil, excluded.isEmpty else { return pickWithCare(key, excluding: excluded, at: now) }
    guard !near.members.isEmpty else { return nil }
    let member = near.members[near.pick(key, at: now, &random)]
    member.began()
    return member
  }

  private mutating func pickWithCare(_ key: UInt64?, excluding excluded: [String], at now: Int64) -> Member? {
    let admission = Admission(excluded: excluded, slowStart: now < slowUntil ? slowStart : nil, now: now)
    let startsNear = nearShare >= 1 || random.fraction() < nearShare
    // Whoever is left out here may have neighbours elsewhere.
    if startsNear {
      return near.pick(key, at: now, admission, &random) ?? far.pick(key, at: now, admission, &random)
    }
    return far.pick(key, at: now, admission, &random) ?? near.pick(key, at: now, admission, &random)
  }
}
