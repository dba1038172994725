import Testing

@testable import MusterCatalog

@Suite("A persistent map")
struct PersistentMapTests {
  /// A key whose hash takes few values, so that all levels of the trie and its buckets are used.
  struct PoorKey: Hashable, Sendable {
    let value: Int
    func hash(into hasher: inout Hasher) { hasher.combine(value % 3) }
  }

  /// A value with its key.
  struct Entry<Key: Hashable & Sendable, Value: Hashable & Sendable>: Keyed, Hashable {
    let key: Key
    var value: Value
  }

  static func contents<Key, Value>(_ map: PersistentMap<Entry<Key, Value>>) -> [Key: Value] {
    var contents: [Key: Value] = [:]
    map.forEach { key, entry in
      #expect(contents[key] == nil, "a key came twice")
      #expect(entry.key == key)
      contents[key] = entry.value
    }
    return contents
  }

  /// Runs random operations on a map and on a dictionary; copies taken on the way must stay as they were.
  static func compare<Key: Hashable & Sendable>(
    operations: Int, keys: Int, seed: UInt64, key: (Int) -> Key
  ) -> (map: PersistentMap<Entry<Key, Int>>, model: [Key: Int]) {
    var random = SplitMix64(seed: seed)
    var map = PersistentMap<Entry<Key, Int>>()
    var model: [Key: Int] = [:]
    var copies: [(map: PersistentMap<Entry<Key, Int>>, model: [Key: Int])] = []
    var mismatches = 0
    for operation in 0..<operations {
      let key = key(Int.random(in: 0..<keys, using: &random))
      // The share of removals swings, so that the map fills up and empties again and again.
      let removals = (operation / (keys * 4)).isMultiple(of: 2) ? 2 : 7
      switch Int.random(in: 0..<10, using: &random) {
      case ..<removals:
        if map.remove(key) != (model.removeValue(forKey: key) != nil) { mismatches += 1 }
      case 9:
        map.update(key) { $0.value += 1 }
        if let value = model[key] { model[key] = value + 1 }
      default:
        map.set(Entry(key: key, value: operation))
        model[key] = operation
      }
      if map[key]?.value != model[key] || map.count != model.count { mismatches += 1 }
      if Int.random(in: 0..<2_000, using: &random) == 0 { copies.append((map, model)) }
    }
    #expect(mismatches == 0)
    #expect(!copies.isEmpty)
    for copy in copies { #expect(contents(copy.map) == copy.model) }
    return (map, model)
  }

  @Test("holds what a dictionary holds after 100,000 random operations", arguments: [1, 2, 3] as [UInt64])
  func model(seed: UInt64) {
    let (map, model) = Self.compare(operations: 100_000, keys: 3_000, seed: seed) { "key-\($0)" }
    #expect(Self.contents(map) == model)
    #expect(Set(map.values) == Set(model.map { Entry(key: $0.key, value: $0.value) }))
  }

  @Test("tells keys with the same hash apart", arguments: [4, 5] as [UInt64])
  func collisions(seed: UInt64) {
    let (map, model) = Self.compare(operations: 20_000, keys: 40, seed: seed, key: PoorKey.init)
    #expect(Self.contents(map) == model)
  }

  @Test("is flat again when all keys but one of the same hash are removed")
  func collapse() {
    var map = PersistentMap<Entry<PoorKey, Int>>()
    for value in 0..<60 { map.set(Entry(key: PoorKey(value: value), value: value)) }
    #expect(map.depth == TrieHash.deepest + 1)
    for value in 1..<60 {
      let removed = map.remove(PoorKey(value: value))
      #expect(removed)
      #expect(map.count == 60 - value)
    }
    #expect(map.depth == 1)
    #expect(map[PoorKey(value: 0)]?.value == 0)
    map.remove(PoorKey(value: 0))
    #expect(map.isEmpty)
    #expect(map.values.isEmpty)
    let removedAgain = map.remove(PoorKey(value: 0))
    #expect(!removedAgain)
  }

  @Test("folds back to the shape it had before keys were added and removed")
  func shape() {
    var map = PersistentMap<Entry<Int, Int>>()
    for key in 0..<20 { map.set(Entry(key: key, value: key)) }
    let (depth, order) = (map.depth, map.values)
    for key in 20..<5_000 { map.set(Entry(key: key, value: key)) }
    #expect(map.depth > depth)
    for key in 20..<5_000 { map.remove(key) }
    #expect(map.depth == depth)
    #expect(map.values == order)
  }

  @Test("leaves a copy alone, whichever of the two changes")
  func values() {
    var first = PersistentMap<Entry<Int, String>>()
    for key in 0..<1_000 { first.set(Entry(key: key, value: "old")) }
    var second = first
    second.set(Entry(key: 1, value: "new"))
    second.update(2) { $0.value = "new" }
    second.remove(3)
    first.set(Entry(key: 4, value: "newer"))
    #expect((1...4).map { first[$0]?.value } == ["old", "old", "old", "newer"])
    #expect((1...4).map { second[$0]?.value } == ["new", "new", nil, "old"])
    #expect(first.count == 1_000)
    #expect(second.count == 999)
  }

  @Test("does nothing when an absent key is updated or removed")
  func absent() {
    var map = PersistentMap<Entry<Int, Int>>()
    map.set(Entry(key: 1, value: 1))
    map.update(2) { $0.value = 5 }
    let removed = map.remove(2)
    #expect(!removed)
    #expect(Self.contents(map) == [1: 1])
  }
}
