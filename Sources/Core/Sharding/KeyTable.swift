/// The declared keys, with what makes a change of members cheap: the member's own score for each key, and its best rival's.
///
/// One member more costs one hash for each key. One less costs all hashes of the keys for which it was the best rival,
/// which are 1/n of the keys of n members: again one hash for each key, about.
struct KeyTable: Sendable {
  private struct Entry: Sendable {
    let key: String
    let hash: UInt64
    /// The member's own score for a weight of 1.
    let base: Double
    var rival: Score
    var isOwned: Bool
  }

  /// What became of the declared keys, in the order of their declaration.
  struct Difference: Sendable {
    var gained: [String] = []
    var lost: [String] = []
  }

  private var entries: [Entry] = []
  private var positions: [String: Int] = [:]

  var count: Int { entries.count }

  var owned: [String] { entries.lazy.filter(\.isOwned).map(\.key) }

  /// Adds keys; those that it has stay as they are. Returns the owned ones of those added.
  mutating func insert(_ keys: some Sequence<String>, _ ownership: Ownership) -> [String] {
    var gained: [String] = []
    for key in keys where positions[key] == nil {
      let hash = Score.hash(key)
      var entry = Entry(
        key: key, hash: hash, base: ownership.own.base(hash),
        rival: ownership.bestRival(hash), isOwned: false)
      entry.isOwned = Self.isOwned(entry, ownership.own)
      positions[key] = entries.count
      entries.append(entry)
      if entry.isOwned { gained.append(key) }
    }
    return gained
  }

  /// Takes keys out. Returns those of them that were owned.
  mutating func remove(_ keys: some Sequence<String>) -> [String] {
    var lost: [String] = []
    for key in keys {
      guard let position = positions.removeValue(forKey: key) else { continue }
      if entries[position].isOwned { lost.append(key) }
      entries.swapAt(position, entries.count - 1)
      entries.removeLast()
      if position < entries.count { positions[entries[position].key] = position }
    }
    return lost
  }

  /// Follows a change of the members.
  mutating func update(from old: Ownership, to new: Ownership) -> Difference {
    let (stronger, weaker) = Self.compare(old.rivals, new.rivals)
    var difference = Difference()
    for index in entries.indices {
      var entry = entries[index]
      if weaker.contains(entry.rival.member) {
        entry.rival = new.bestRival(entry.hash)
      } else {
        for rival in stronger { entry.rival = rival.score(entry.hash, above: entry.rival) ?? entry.rival }
      }
      let wasOwned = entry.isOwned
      entry.isOwned = Self.isOwned(entry, new.own)
      entries[index] = entry
      if entry.isOwned, !wasOwned { difference.gained.append(entry.key) }
      if !entry.isOwned, wasOwned { difference.lost.append(entry.key) }
    }
    return difference
  }

  private static func isOwned(_ entry: Entry, _ own: Contender) -> Bool {
    own.weight > 0 && entry.rival < own.score(base: entry.base)
  }

  /// Those that came or are heavier than before, and the hashes of those that went or are lighter.
  private static func compare(
    _ old: [Contender], _ new: [Contender]
  ) -> (stronger: [Contender], weaker: Set<UInt64>) {
    let before = Dictionary(old.map { ($0.hash, $0.weight) }, uniquingKeysWith: max)
    let after = Dictionary(new.map { ($0.hash, $0.weight) }, uniquingKeysWith: max)
    return (
      new.filter { $0.weight > before[$0.hash] ?? 0 },
      Set(old.filter { $0.weight > after[$0.hash] ?? 0 }.map(\.hash))
    )
  }
}
