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

  /// What a member's hash is mixed to, once for all keys.
  static func mix(_ member: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: member)
    return generator.next()
  }

  /// The hash of a key and a mixed member as a number between 0 and 1: the u of the score −w / ln(u), which for the weight w is
  /// the largest with probability w / Σw (Schindelhauer and Schomaker, "Weighted distributed hash tables", SPAA 2005).
  static func fraction(key: UInt64, mixedMember: UInt64) -> Double {
    var pair = SeededGenerator(seed: key ^ mixedMember)
    return (Double(pair.next() >> 11) + 0.5) * 0x1p-53
  }

  /// The score per unit of weight.
  static func base(_ fraction: Double) -> Double { -1 / log(fraction) }

  /// Whether a score can't come up to this one; no answer is no answer. As −ln(u) ≥ 1 − u, the score is at most w / (1 − u), which
  /// spares most members the logarithm; the last factor is far more than the error of rounding.
  func isOutOfReach(ofWeight weight: Int, _ fraction: Double) -> Bool {
    Double(weight) < value * (1 - fraction) * 0.999_999
  }
}
