internal import MusterDiscovery

/// The members as a cautious member counts them: what speaks against it counts at once, what speaks for it once it has
/// lasted for the settling delay.
///
/// So a key is owned at a moment only if the member has won it in every list of the last settling delay.
struct Roster: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// A weight, and the cautious one: for the member itself the least, for a rival the most of late.
  private struct Standing: Sendable {
    var weight = 0
    var counted = 0
    /// When the weight counts; nil if it does already.
    var settlesAt: Instant?

    mutating func settle() {
      counted = weight
      settlesAt = nil
    }
  }

  private let id: String
  private let hash: UInt64
  private let settling: Duration
  private var own = Standing()
  private var rivals: [String: Standing] = [:]

  init(id: String, settling: Duration) {
    self.id = id
    self.settling = settling
    hash = Score.hash(id)
  }

  /// When `settle` has something to do.
  var deadline: Instant? {
    (rivals.values.compactMap(\.settlesAt) + [own.settlesAt].compactMap(\.self)).min()
  }

  var ownership: Ownership {
    Ownership(
      own: Contender(hash: hash, weight: own.counted),
      rivals: rivals.map { Contender(hash: Score.hash($0.key), weight: $0.value.counted) })
  }

  /// Takes a list that the registry stands behind.
  mutating func take(_ instances: [Instance], at now: Instant) {
    let weights = Dictionary(instances.map { ($0.id, $0.weight) }, uniquingKeysWith: max)
    setOwn(weights[id] ?? 0, at: now)
    for (id, weight) in weights where id != self.id { set(id, weight, at: now) }
    for id in rivals.keys where weights[id] == nil { set(id, 0, at: now) }
  }

  /// Lets what has lasted long enough count.
  mutating func settle(at now: Instant) {
    if let time = own.settlesAt, time <= now { own.settle() }
    for (id, rival) in rivals {
      guard let time = rival.settlesAt, time <= now else { continue }
      rivals[id]?.settle()
      if rival.weight == 0 { rivals[id] = nil }
    }
  }

  /// Counts the settling delays anew: nobody knows what happened meanwhile.
  mutating func restartSettling(at now: Instant) {
    let time = now + settling
    if own.settlesAt != nil { own.settlesAt = time }
    for (id, rival) in rivals where rival.settlesAt != nil { rivals[id]?.settlesAt = time }
  }

  /// Lets go of everything, as if the member were in no list.
  mutating func release() {
    own = Standing()
  }

  private mutating func setOwn(_ weight: Int, at now: Instant) {
    if weight > own.weight { own.settlesAt = now + settling }
    own.weight = weight
    if weight <= own.counted { own.settle() }
  }

  private mutating func set(_ id: String, _ weight: Int, at now: Instant) {
    var rival = rivals[id] ?? Standing()
    if weight < rival.weight { rival.settlesAt = now + settling }
    rival.weight = weight
    if weight >= rival.counted { rival.settle() }
    rivals[id] = rival.weight == 0 && rival.counted == 0 ? nil : rival
  }
}
