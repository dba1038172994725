internal import MusterDiscovery

/// Instances to choose among, all of which may be used, and what the policy keeps of them.
struct Pool: Sendable {
  private(set) var members: ContiguousArray<Member>
  let policy: BalancingPolicy
  private let decay: Double
  private let loadBound: Double
  private let meanWeight: Double
  private var cursor = 0
  private let table: AliasTable
  private var queue = FairQueue()
  private let order: LoadOrder?
  private let ring: HashRing
  private let maglev: MaglevTable

  /// A pool of members, of which those of weight 0 are left out unless all are.
  init(_ all: [Member], policy: BalancingPolicy, settings: BalancerSettings) {
    let weighty = all.filter { $0.weight > 0 }
    members = ContiguousArray(weighty.isEmpty ? all : weighty)
    self.policy = policy
    decay = Double(Ticks.of(settings.decay))
    loadBound = settings.loadBound
    let weights = members.map { $0.divisor }
    meanWeight = Double(weights.reduce(0, +)) / Double(max(weights.count, 1))
    table = policy.drawsByWeight ? AliasTable(weights: weights) : AliasTable()
    if policy == .weightedRoundRobin { queue = FairQueue(weights: weights) }
    order = policy.needsLoadOrder ? LoadOrder(members, isWeighted: policy == .weightedLeastConnections) : nil
    ring = policy == .ringHash ? HashRing(hashes: members.map { $0.hash }, weights: weights) : HashRing()
    maglev = policy == .maglev ? MaglevTable(hashes: members.map { $0.hash }, weights: weights) : MaglevTable()
  }

  /// Makes the pool one thread's own: it has its own list, whose reference count no other thread touches, and its own
  /// place in the round.
  mutating func detach(startingAt offset: UInt64) {
    members = ContiguousArray(members.map { $0 })
    if !members.isEmpty { cursor = Int(offset % UInt64(members.count)) }
  }

  /// The index of a member; the pool must not be empty.
  @inline(__always)
  mutating func pick(_ key: UInt64?, at now: Int64, _ random: inout SeededGenerator) -> Int {
    let count = members.count
    switch policy {
    case .random: return table.pick(of: count, &random)
    case .roundRobin:
      let index = cursor
      cursor = index + 1 == count ? 0 : index + 1
      return index
    case .powerOfTwo:
      let (first, second) = TwoChoices.pair(of: count, table, &random)
      return isLessBusy(second, first) ? second : first
    case .peakEWMA:
      let (first, second) = TwoChoices.pair(of: count, table, &random)
      return latencyCost(second, at: now) < latencyCost(first, at: now) ? second : first
    case .weightedRoundRobin: return queue.pick()
    case .leastConnections, .weightedLeastConnections: return order?.pick() ?? 0
    case .maglev: return maglev.pick(key ?? random.next())
    case .ringHash: return ring.pick(key ?? random.next())
    case .rendezvous: return pickByRendezvous(key ?? random.next())
    }
  }

  /// What `pick` chose is not taken.
  func decline(_ index: Int) { order?.recount(index, members[index]) }

  /// A member is taken that `pick` did not choose.
  func take(_ index: Int) { order?.take(index) }

  /// How desirable a member is where the policy's own choice can't be had; less is better.
  func cost(_ index: Int, at now: Int64) -> Double {
    guard policy != .peakEWMA else { return latencyCost(index, at: now) }
    return Double(members[index].pending + 1) / Double(members[index].divisor)
  }

  @inline(__always)
  private func latencyCost(_ index: Int, at now: Int64) -> Double {
    // Here and below the member is not held in a constant of its own, which would be counted as a reference to it.
    let pending = Double(members[index].pending)
    let latency = members[index].latency.ticks(at: now, decay: decay)
    // One that has not answered yet gets one call at a time.
    if latency == 0 { return pending == 0 ? 0 : 0x1p60 * (pending + 1) }
    return latency * (pending * meanWeight / Double(members[index].divisor) + 1)
  }

  @inline(__always)
  private func isLessBusy(_ one: Int, _ other: Int) -> Bool {
    members[one].pending &* members[other].divisor < members[other].pending &* members[one].divisor
  }

  private func pickByRendezvous(_ key: UInt64) -> Int {
    let weights = members.reduce(0) { $0 + $1.divisor }
    let calls = members.reduce(0) { $0 + $1.pending } + 1
    let perWeight = loadBound * Double(calls) / Double(weights)
    return Rendezvous.pick(
      of: members.count,
      score: { Rendezvous.score(key: key, member: members[$0].hash, weight: members[$0].divisor) },
      isFull: { Double(members[$0].pending) >= (perWeight * Double(members[$0].divisor)).rounded(.up) })
  }
}
