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
  /// Whether a choice needs more than asking the pool of the zone: there are other zones, or no thread has been here yet.
  private var needsCare = true
  private let seed: UInt64
  private let numbers: LaneNumbers
  /// Which lane it is, counted by when they were first used; nil before that.
  private(set) var number: UInt64?
  private var random: SeededGenerator

  /// The first state of a lane, which all begin with: its random numbers follow from the seed and from its number, which
  /// `numbers` gives it.
  init(
    _ roster: Roster, policy: BalancingPolicy, settings: BalancerSettings, seed: UInt64, numbers: LaneNumbers
  ) {
    self.seed = seed
    self.numbers = numbers
    near = Pool(roster.near, policy: policy, settings: settings)
    far = Pool(roster.far, policy: policy, settings: settings)
    nearShare = roster.nearShare
    slowStart = settings.slowStart
    slowUntil = roster.slowUntil
    hasZones = !roster.far.isEmpty
    random = SeededGenerator(seed: seed)
  }

  /// Begins to make choices of its own: tables are shared, and what changes with a choice is copied by the first one.
  mutating func start(as number: UInt64) {
    self.number = number
    random = SeededGenerator(seed: StableHash.combine(seed, number))
    let offset = random.next()
    near.detach(startingAt: offset)
    far.detach(startingAt: offset)
    needsCare = hasZones
  }

  /// A member that may be chosen, its call counted; nil if there is none.
  @inline(__always)
  mutating func pick(_ key: UInt64?, excluding excluded: [String], at now: Int64) -> Member? {
    guard !needsCare, now >= slowUntil, excluded.isEmpty else { return pickWithCare(key, excluding: excluded, at: now) }
    guard !near.members.isEmpty else { return nil }
    // In two steps: the list is not held on to while the pool chooses.
    let index = near.pick(key, at: now, &random)
    let member = near.members[index]
    member.began()
    return member
  }

  private mutating func pickWithCare(_ key: UInt64?, excluding excluded: [String], at now: Int64) -> Member? {
    if number == nil {
      start(as: numbers.next())
      return pick(key, excluding: excluded, at: now)
    }
    let admission = Admission(excluded: excluded, slowStart: now < slowUntil ? slowStart : nil, now: now)
    let startsNear = nearShare >= 1 || random.fraction() < nearShare
    // Whoever is left out here may have neighbours elsewhere.
    if startsNear {
      return near.pick(key, at: now, admission, &random) ?? far.pick(key, at: now, admission, &random)
    }
    return far.pick(key, at: now, admission, &random) ?? near.pick(key, at: now, admission, &random)
  }
}
