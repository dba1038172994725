/// The better of two at random (Mitzenmacher, "The power of two choices in randomized load balancing", 2001): nearly as even
/// as taking the best of all, for the price of two looks.
///
/// They are drawn by weight, so that idle instances get calls as they weigh: to compare loads by weight alone would leave the
/// lightest out until the others have calls.
enum TwoChoices {
  /// Two indexes below `count` that differ, if there are two; drawn by weight, but for a second that would be the first.
  @inline(__always)
  static func pair(of count: Int, _ table: AliasTable, _ random: inout SeededGenerator) -> (Int, Int) {
    guard !table.isEmpty, count > 1 else { return pair(of: count, &random) }
    let first = table.pick(of: count, &random)
    let second = table.pick(of: count, &random)
    guard second == first else { return (first, second) }
    let other = random.index(below: count &- 1)
    return (first, other >= first ? other &+ 1 : other)
  }

  /// Two indexes below `count` that differ, if there are two.
  @inline(__always)
  private static func pair(of count: Int, _ random: inout SeededGenerator) -> (Int, Int) {
    guard count > 1 else { return (0, 0) }
    // Both from one draw: 32 bits each are enough for any list.
    let bits = random.next()
    let first = Int(truncatingIfNeeded: ((bits >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
    // Drawn of one less and moved past the first, so that the two always differ.
    let second = Int(truncatingIfNeeded: ((bits & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: count &- 1)) >> 32)
    return (first, second >= first ? second &+ 1 : second)
  }
}
