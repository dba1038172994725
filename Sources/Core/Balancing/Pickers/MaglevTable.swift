/// A look-up table that spreads keys evenly and moves few when members change: Eisenbud and others, "Maglev: a fast and
/// reliable software network load balancer", 2016, section 3.4.
///
/// Every member has its own order of all places, and they take turns in taking the first that is free; a heavier member
/// takes more turns. With 100 places for each member or more, shares differ by at most 1 %.
package struct MaglevTable: Sendable {
  /// The owner of each place, in as few bytes as will do: how much of the table is at hand in the processor's caches decides
  /// what a look costs.
  private var places: [UInt16] = []
  /// In place of them where there are more members than that can count.
  private var widePlaces: [Int32] = []

  /// A prime at least 100 times the number of members, so that every step visits all places.
  static func size(for count: Int) -> Int {
    [1_009, 10_007, 65_537, 262_147, 1_048_583].first { $0 >= count * 100 } ?? 4_194_319
  }

  /// A table of members, by what they are known by and what they weigh; up to `mostNarrow` of them, two bytes count them.
  package init(hashes: [UInt64], weights: [Int], mostNarrow: Int = 1 << 16) {
    guard !hashes.isEmpty else { return }
    let size = Self.size(for: hashes.count)
    var orders = hashes.map { Order(hash: $0, size: size) }
    var turns = FairQueue(weights: weights)
    var places = [Int32](repeating: -1, count: size)
    for _ in 0..<size {
      let member = turns.pick()
      while places[orders[member].place] >= 0 { orders[member].advance(size) }
      places[orders[member].place] = Int32(member)
    }
    if hashes.count <= mostNarrow {
      self.places = places.map { UInt16(truncatingIfNeeded: $0) }
    } else {
      widePlaces = places
    }
  }

  init() {}

  /// The member that owns the key.
  @inline(__always)
  package func pick(_ key: UInt64) -> Int {
    guard widePlaces.isEmpty else { return Int(widePlaces[Self.place(of: key, in: widePlaces.count)]) }
    return Int(places[Self.place(of: key, in: places.count)])
  }

  @inline(__always)
  private static func place(of key: UInt64, in count: Int) -> Int {
    Int(truncatingIfNeeded: SeededGenerator.mix(key).multipliedFullWidth(by: UInt64(count)).high)
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
