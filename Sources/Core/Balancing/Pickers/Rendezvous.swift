internal import Glibc

/// Highest random weight (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998): a key belongs to
/// the member that scores highest for it, so that a member that leaves moves its own keys and no others.
///
/// With a bound on loads (Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with bounded loads", 2016) a member that has
/// more than so many times the mean of the calls is passed over.
enum Rendezvous {
  /// The score of a member for a key, by weight: −w / ln(u), where u is the pair's hash as a number between 0 and 1 (Schindelhauer
  /// and Schomaker, "Weighted distributed hash tables", 2005). It is largest with probability w / Σw.
  static func score(key: UInt64, member: UInt64, weight: Int) -> Double {
    let fraction = (Double(StableHash.combine(member, key) >> 11) + 0.5) * 0x1p-53
    return -Double(weight) / log(fraction)
  }

  /// The highest scoring index below `count` that is not `isFull`; of all if all are full.
  static func pick(of count: Int, score: (Int) -> Double, isFull: (Int) -> Bool) -> Int {
    var best = (index: 0, score: -Double.infinity)
    var bestFull = best
    for index in 0..<count {
      let score = score(index)
      if score > bestFull.score { bestFull = (index, score) }
      if score > best.score, !isFull(index) { best = (index, score) }
    }
    return best.score > -.infinity ? best.index : bestFull.index
  }
}
