/// Which keys a member owns at a moment: a value that answers for any key, declared or not.
///
/// An answer for a key takes time in proportion to the number of members.
public struct Ownership: Sendable, Hashable {
  let own: Contender
  /// In the order of their hashes; none has the weight 0.
  let rivals: [Contender]

  init(own: Contender, rivals: [Contender] = []) {
    self.own = own
    self.rivals = rivals.filter { $0.weight > 0 }.sorted { $0.hash < $1.hash }
  }

  /// Whether the member owns a key.
  public func owns(_ key: String) -> Bool {
    guard own.weight > 0 else { return false }
    let hash = Score.hash(key)
    let score = own.score(base: own.base(hash))
    return rivals.allSatisfy { $0.score(hash, above: score) == nil }
  }

  /// Those of some keys that the member owns, in their order.
  public func owned(of keys: some Sequence<String>) -> [String] { keys.filter(owns) }

  func bestRival(_ key: UInt64) -> Score {
    var best = Score.none
    for rival in rivals { best = rival.score(key, above: best) ?? best }
    return best
  }
}

extension Ownership {
  /// The same without a share of the member's own.
  var released: Ownership { Ownership(own: Contender(hash: own.hash, weight: 0), rivals: rivals) }
}
