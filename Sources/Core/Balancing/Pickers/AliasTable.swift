/// A draw by weight in constant time: Walker's alias method with Vose's set-up ("A linear algorithm for generating random
/// numbers with a given distribution", 1991).
struct AliasTable: Sendable {
  private struct Column: Sendable {
    /// Below this, of 2³², the column's own index is drawn.
    var limit: UInt32
    var alias: Int32
  }

  private var columns: [Column] = []

  /// No table where all weights are the same: then each index is as good.
  init(weights: [Int]) {
    guard let first = weights.first, weights.contains(where: { $0 != first }) else { return }
    let total = Double(weights.reduce(0, +))
    var shares = weights.map { Double($0) * Double(weights.count) / total }
    columns = weights.indices.map { Column(limit: .max, alias: Int32($0)) }
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let low = small.popLast(), let high = large.last {
      columns[low] = Column(limit: UInt32(shares[low] * Double(UInt32.max)), alias: Int32(high))
      shares[high] -= 1 - shares[low]
      if shares[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
  }

  init() {}

  /// Whether there is no table.
  @inline(__always)
  var isEmpty: Bool { columns.isEmpty }

  /// An index below `count`, drawn by weight.
  @inline(__always)
  func pick(of count: Int, _ random: inout SeededGenerator) -> Int {
    guard !columns.isEmpty else { return random.index(below: count) }
    // Both from one draw: 32 bits each are enough for any list.
    let bits = random.next()
    let index = Int(truncatingIfNeeded: ((bits >> 32) &* UInt64(truncatingIfNeeded: columns.count)) >> 32)
    let column = columns[index]
    return UInt32(truncatingIfNeeded: bits) <= column.limit ? index : Int(column.alias)
  }
}
