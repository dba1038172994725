internal import MusterDiscovery

/// Who is to be chosen among: the list as it was given, less the ejected, the caller's subset, parted by zone.
struct Roster: Sendable {
  private(set) var near: [Member]
  private(set) var far: [Member]
  /// The share of the calls that stays near.
  private(set) var nearShare = 1.0
  /// When the last slow start ends.
  private(set) var slowUntil = Int64.min
  /// Whether ejections are ignored, because too few instances would be left.
  private(set) var isPanicking = false

  init(_ all: [Member], ejected: Set<String>, settings: BalancerSettings) {
    let subset = Self.subset(of: all, settings.subset)
    let healthy = subset.filter { !ejected.contains($0.instance.id) }
    isPanicking = Double(healthy.count) < settings.panicThreshold * Double(subset.count)
    let usable = isPanicking ? subset : healthy
    near = usable
    far = []
    if let window = settings.slowStart?.window, let last = usable.compactMap(\.joined).max() {
      slowUntil = last &+ Ticks.of(window)
    }
    if let zone = settings.zone { part(by: zone) }
  }

  /// Zone-aware routing as in Envoy: callers and instances are taken to be spread over the zones alike. A zone that has its
  /// share of the instances keeps all calls; one that has less keeps what its instances can take.
  private mutating func part(by zone: String) {
    let usable = near
    near = usable.filter { $0.instance.zone == zone }
    far = usable.filter { $0.instance.zone != zone }
    let zones = Set(usable.compactMap { $0.instance.zone }).count
    let total = Double(Self.weight(of: usable))
    guard zones > 0, total > 0 else { return }
    nearShare = min(1, Double(Self.weight(of: near)) * Double(zones) / total)
  }

  private static func weight(of members: [Member]) -> Int { members.reduce(0) { $0 + $1.weight } }

  /// The instances that score highest for the caller: every caller agrees with itself, and all instances are used by about as
  /// many callers (rendezvous hashing, Thaler and Ravishankar, 1998).
  private static func subset(of all: [Member], _ subset: BalancerSettings.Subset?) -> [Member] {
    guard let subset, subset.size < all.count else { return all }
    let key = StableHash.of(subset.caller)
    let ranked = all.map { (score: StableHash.combine($0.hash, key), member: $0) }.sorted { $0.score > $1.score }
    let chosen = Set(ranked.prefix(subset.size).map { ObjectIdentifier($0.member) })
    return all.filter { chosen.contains(ObjectIdentifier($0)) }
  }
}
