internal import Glibc
internal import MusterBalancing

/// How well a member suits a key: the highest score owns it (highest random weight: Thaler and Ravishankar, "Using
/// name-based mappings to increase hit rates", IEEE/ACM Transactions on Networking 6(1), 1998). A member that leaves moves its own
/// keys and no others, one that comes takes its share and moves no others.
///
/// Equal scores, which come about once in 2⁵³ pairs, go by the members' hashes.
struct Score: Sendable, Hashable, Comparable {
  let value: Double
  let member: UInt64

  /// Below the score of every member.
  static let none = Score(value: -1, member: 0)

  static func < (left: Score, right: Score) -> Bool {
    left.value != right.value ? left.value < right.value : left.member < right.member
  }

  /// The hash of a member's id or of a key: the same in every process and on every machine.
  static func hash(_ text: String) -> UInt64 { StableHash.of(text) }

  /// A member's score for a key per unit of weight: −1 / ln(u), where u is the hash of the pair as a number between 0 and 1.
  /// Times the weight w it is the largest with probability w / Σw (Schindelhauer and Schomaker, "Weighted distributed hash
  /// tables", SPAA 2005).
  static func base(key: UInt64, member: UInt64) -> Double {
    var mixedMember = SeededGenerator(seed: member)
    var pair = SeededGenerator(seed: key ^ mixedMember.next())
    return -1 / log((Double(pair.next() >> 11) + 0.5) * 0x1p-53)
  }
}
