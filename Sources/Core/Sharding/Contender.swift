/// A member with the weight that counts for or against it now.
struct Contender: Sendable, Hashable {
  /// Of its id.
  let hash: UInt64
  let weight: Int
  private let mixed: UInt64

  init(hash: UInt64, weight: Int) {
    self.hash = hash
    self.weight = weight
    mixed = Score.mix(hash)
  }

  /// Its score for a key per unit of weight.
  func base(_ key: UInt64) -> Double { Score.base(Score.fraction(key: key, mixedMember: mixed)) }

  func score(base: Double) -> Score { Score(value: Double(weight) * base, member: hash) }

  /// Its score for a key if that is higher than another.
  func score(_ key: UInt64, above other: Score) -> Score? {
    let fraction = Score.fraction(key: key, mixedMember: mixed)
    guard !other.isOutOfReach(ofWeight: weight, fraction) else { return nil }
    let score = score(base: Score.base(fraction))
    return other < score ? score : nil
  }
}
