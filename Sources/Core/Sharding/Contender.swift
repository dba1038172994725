/// A member with the weight that counts for or against it now.
struct Contender: Sendable, Hashable {
  /// Of its id.
  let hash: UInt64
  let weight: Int

  func score(_ key: UInt64) -> Score { score(base: Score.base(key: key, member: hash)) }

  func score(base: Double) -> Score { Score(value: Double(weight) * base, member: hash) }
}
