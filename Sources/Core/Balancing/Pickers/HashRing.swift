/// Consistent hashing (Karger and others, 1997): each member has points on a circle, and a key goes to the next one.
///
/// When one of n members leaves, only its own keys move: K / n of them on average, and with p points for each member that
/// share varies by about 1 / √p of itself. The same holds for how even the shares are.
struct HashRing: Sendable {
  private struct Point: Sendable {
    var hash: UInt64
    var member: Int32
  }

  /// Points of a member of mean weight.
  static let pointsPerMember = 160
  /// No more points than this in all: 32 MB.
  private static let mostPoints = 2_000_000

  private var points: [Point] = []

  /// A ring of members, by what they are known by and what they weigh.
  init(hashes: [UInt64], weights: [Int]) {
    let total = max(weights.reduce(0, +), 1)
    let wanted = min(hashes.count * Self.pointsPerMember, Self.mostPoints)
    for (member, hash) in hashes.enumerated() where weights[member] > 0 {
      let share = Double(wanted) * Double(weights[member]) / Double(total)
      for number in 0..<max(Int(share.rounded()), 1) {
        points.append(Point(hash: StableHash.combine(hash, UInt64(number)), member: Int32(member)))
      }
    }
    points.sort { $0.hash < $1.hash }
  }

  init() {}

  /// The member that owns the key.
  func pick(_ key: UInt64) -> Int {
    let hash = SeededGenerator.mix(key)
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low + high) / 2
      if points[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return Int(points[low == points.count ? 0 : low].member)
  }
}
