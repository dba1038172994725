/// The better of two at random (Mitzenmacher, "The power of two choices in randomized load balancing", 2001): nearly as even
/// as taking the best of all, for the price of two looks.
enum TwoChoices {
  /// An index below `count`; `isBetter` compares two indexes that differ.
  @inline(__always)
  static func pick(
    of count: Int, _ random: inout SeededGenerator, isBetter: (Int, Int) -> Bool
  ) -> Int {
    guard count > 1 else { return 0 }
    let first = random.index(below: count)
    // Drawn of one less and moved past the first, so that the two always differ.
    var second = random.index(below: count - 1)
    if second >= first { second += 1 }
    return isBetter(second, first) ? second : first
  }
}
