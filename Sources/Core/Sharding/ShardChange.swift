/// A change of what a member owns.
///
/// A key can be in both lists, when nobody read between its loss and its return: somebody else may have owned it
/// meanwhile. So deal with the lost ones first.
public struct ShardChange: Sendable, Hashable {
  /// What the member owned before.
  public var before: Ownership
  /// What it owns now.
  public var after: Ownership
  /// The declared keys that it owns no more.
  public var lost: [String]
  /// The declared keys that it has come to own.
  public var gained: [String]

  /// Whether a key, declared or not, was lost by it.
  public func isLost(_ key: String) -> Bool { before.owns(key) && !after.owns(key) }

  /// Whether a key, declared or not, was gained by it.
  public func isGained(_ key: String) -> Bool { !before.owns(key) && after.owns(key) }

  /// This change and a later one as one change: what was gained and lost in between is not told.
  mutating func join(_ later: ShardChange) {
    after = later.after
    let laterLost = Set(later.lost)
    let untold = laterLost.intersection(gained)
    let known = Set(lost)
    lost += later.lost.filter { !untold.contains($0) && !known.contains($0) }
    gained.removeAll(where: untold.contains)
    gained += later.gained
  }
}
