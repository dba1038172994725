internal import MusterDiscovery

extension Pool {
  /// How often a choice that may not be made is made anew before the cheapest of the rest is taken.
  private static let tries: UInt64 = 4

  /// A member that is admitted, its call counted; nil if there is none.
  mutating func pick(
    _ key: UInt64?, at now: Int64, _ admission: Admission, _ random: inout SeededGenerator
  ) -> Member? {
    guard !members.isEmpty else { return nil }
    for attempt in 0..<Self.tries {
      // Another key for the same key, so that all callers agree on who comes next.
      let index = pick(key.map { attempt == 0 ? $0 : StableHash.combine($0, attempt) }, at: now, &random)
      guard admission.admits(members[index], &random) else {
        decline(index)
        continue
      }
      members[index].began()
      return members[index]
    }
    return cheapest(at: now, admission, &random)
  }

  private mutating func cheapest(
    at now: Int64, _ admission: Admission, _ random: inout SeededGenerator
  ) -> Member? {
    var best: (index: Int, cost: Double)?
    // A newcomer is better than nobody.
    var newcomer: Int?
    let start = random.index(below: members.count)
    for step in members.indices {
      let index = (start + step) % members.count
      guard admission.admits(members[index], &random) else {
        if !admission.excluded.contains(members[index].instance.id) { newcomer = index }
        continue
      }
      let cost = cost(index, at: now)
      if cost < best?.cost ?? .infinity { best = (index, cost) }
    }
    guard let index = best?.index ?? newcomer else { return nil }
    take(index)
    members[index].began()
    return members[index]
  }
}
