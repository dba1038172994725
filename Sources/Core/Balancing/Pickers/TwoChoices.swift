/// The better of two at random (Mitzenmacher, "The power of two choices in randomized load balancing", 2001): nearly as even
/// as taking the best of all, for the price of two looks.
enum TwoChoices {
  /// Two indexes below `count` that differ, if there are two.
  @inline(__always)
  static func pair(of count: Int, _ random: inout SeededGenerator) -> (Int, Int) {
    guard count > 1 else { return (0, 0) }
    // Both from one draw: 32 bits each are enough for any list.
    let bits = random.next()
    let first = Int(truncatingIfNeeded: ((bits >> 32) &* UInt64(truncatingIfNeeded: count)) >> 32)
    // Drawn of one less and moved past the first, so that the two always differ.
    let second = Int(truncatingIfNeeded: ((bits & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: count &- 1)) >> 32)
    return (first, second >= first ? second &+ 1 : second)
  }
}
