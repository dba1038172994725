@testable import MusterSharding

/// Who owns what in a simulated cluster, and the longest time for which two owned the same key.
struct Overlaps {
  private struct Pair: Hashable {
    let key: String
    let members: Set<String>
  }

  private(set) var owners: [String: Set<String>] = [:]
  private(set) var longest = Duration.zero
  private var since: [Pair: Duration] = [:]

  mutating func note(_ change: ShardChange, of member: String, at now: Duration) {
    for key in change.lost { lose(key, member, at: now) }
    for key in change.gained {
      for other in owners[key, default: []] { since[Pair(key: key, members: [member, other])] = now }
      owners[key, default: []].insert(member)
    }
  }

  /// A member works no more, whatever it thought it owned.
  mutating func ended(_ member: String, at now: Duration) {
    for key in owners.keys where owners[key]?.contains(member) == true { lose(key, member, at: now) }
  }

  /// Counts what has not ended.
  mutating func close(at now: Duration) {
    for time in since.values { longest = max(longest, now - time) }
  }

  private mutating func lose(_ key: String, _ member: String, at now: Duration) {
    owners[key]?.remove(member)
    for other in owners[key] ?? [] {
      if let time = since.removeValue(forKey: Pair(key: key, members: [member, other])) {
        longest = max(longest, now - time)
      }
    }
  }
}
