/// A look-up table that spreads keys evenly and moves few when members change: Eisenbud and others, "Maglev: a fast and
/// reliable software network load balancer", 2016, section 3.4.
///
/// Every member has its own order of all places, and they take turns in taking the first that is free; a heavier member
/// takes more turns. With 100 places for each member or more, shares differ by at most 1 %.
struct MaglevTable: Sendable {
  private var places: [Int32] = []

  /// A prime at least 100 times the number of members, so that every step visits all places.
  static func size(for count: Int) -> Int {
    [1_009, 10_007, 65_537, 262_147, 1_048_583].first { $0 >= count * 100 } ?? 4_194_319
  }

  /// A table of members, by what they are known by and what they weigh.
  init(hashes: [UInt64], weights: [Int]) {
    guard !hashes.isEmpty else { return }
    let size = Self.size(for: hashes.count)
    var orders = hashes.map { Order(hash: $0, size: size) }
    var turns = FairQueue(weights: weights)
    places = [Int32](repeating: -1, count: size)
    for _ in 0..<size {
      let member = turns.pick()
      while places[orders[member].place] >= 0 { orders[member].advance(size) }
      places[orders[member].place] = Int32(member)
    }
  }

  init() {}

  /// The member that owns the key.
  @inline(__always)
  func pick(_ key: UInt64) -> Int {
    let hash = SeededGenerator.mix(key)
    return Int(places[Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(places.count)).high)])
  }

  /// A member's own order of the places.
  private struct Order {
    var place: Int
    let step: Int

    init(hash: UInt64, size: Int) {
      place = Int(hash % UInt64(size))
      step = Int(SeededGenerator.mix(hash) % UInt64(size - 1)) + 1
    }

    mutating func advance(_ size: Int) {
      place += step
      if place >= size { place -= size }
    }
  }
}
