/// Knows the least loaded index at any time: a tournament tree (Knuth, The Art of Computer Programming 3, 5.4.1), whose
/// root is the winner and where a changed load costs one match for each level.
///
/// An index's load is (calls + 1) / weight. Of those alike the one that was taken longest ago wins, so that idle instances
/// take turns.
struct LoadTree: Sendable {
  private struct Player: Sendable {
    var calls: Int64 = 0
    var weight: Int64
    var lastTurn: UInt64 = 0
  }

  private var players: [Player] = []
  /// Winners of the matches; node 1 is the final, node n … the players.
  private var winners: [Int32] = []
  private var turns: UInt64 = 0

  /// All loads are what `calls` says.
  init(weights: [Int], calls: [Int]) {
    players = zip(weights, calls).map { Player(calls: Int64($1), weight: Int64(max($0, 1))) }
    let count = players.count
    guard count > 0 else { return }
    winners = (0..<2 * count).map { Int32($0 >= count ? $0 - count : 0) }
    for node in stride(from: count - 1, to: 0, by: -1) {
      winners[node] = winner(winners[2 * node], winners[2 * node + 1])
    }
  }

  /// The least loaded index, whose turn it then was.
  mutating func pick() -> Int {
    let index = Int(winners.count > 2 ? winners[1] : 0)
    add(index)
    return index
  }

  /// One call more goes to this index, which is then the one that was taken last.
  mutating func add(_ index: Int) {
    turns &+= 1
    players[index].lastTurn = turns
    players[index].calls &+= 1
    replay(index)
  }

  /// An index has so many calls now.
  mutating func set(_ index: Int, calls: Int) {
    guard players[index].calls != Int64(calls) else { return }
    players[index].calls = Int64(calls)
    replay(index)
  }

  private mutating func replay(_ index: Int) {
    var node = (index + players.count) / 2
    while node >= 1 {
      winners[node] = winner(winners[2 * node], winners[2 * node + 1])
      node /= 2
    }
  }

  @inline(__always)
  private func winner(_ left: Int32, _ right: Int32) -> Int32 {
    let one = players[Int(left)]
    let other = players[Int(right)]
    // Calls stay below 2⁴⁷ and weights below 2¹⁶, so the products fit.
    let first = (one.calls &+ 1) &* other.weight
    let second = (other.calls &+ 1) &* one.weight
    if first != second { return first < second ? left : right }
    return one.lastTurn <= other.lastTurn ? left : right
  }
}
