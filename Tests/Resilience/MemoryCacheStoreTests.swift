import MusterResilience
import MusterTestSupport
import Testing

private let start = ContinuousClock.now

@Suite("A store in memory")
struct MemoryCacheStoreTests {
  @Test("drops what was not asked for longest")
  func count() throws {
    let store = try MemoryCacheStore(maximumCount: 3)
    for key in ["a", "b", "c"] { save(key, 1, in: store) }
    _ = store.load("a", at: start)
    save("d", 1, in: store)
    #expect(["a", "b", "c", "d"].filter { store.load($0, at: start) != nil } == ["a", "c", "d"])
  }

  @Test("keeps keys and answers within its bytes, and leaves out what is larger than all of them")
  func bytes() throws {
    let store = try MemoryCacheStore(maximumBytes: 100)
    for key in ["a", "b", "c"] { save(key, 32, in: store) }
    #expect(store.bytes == 99)
    save("d", 40, in: store)
    #expect(store.bytes == 74)
    save("c", 100, in: store)
    #expect(store.load("c", at: start) == nil)
    #expect(store.load("d", at: start)?.bytes.count == 40)
  }

  @Test("forgets an answer at the end of its lifetime")
  func lifetime() throws {
    let store = try MemoryCacheStore()
    save("a", 1, in: store)
    #expect(store.load("a", at: start + .seconds(59))?.age == .seconds(59))
    #expect(store.load("a", at: start - .seconds(5))?.age == .zero)
    #expect(store.load("a", at: start + .seconds(60)) == nil)
    #expect(store.count == 0)
    #expect(store.bytes == 0)
  }

  @Test("does what a plain list would do", arguments: [1, 2, 3] as [UInt64])
  func random(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let store = try MemoryCacheStore(maximumCount: 8, maximumBytes: 100)
    // The least recently used first.
    var list: [(key: String, size: Int)] = []
    for _ in 0..<20_000 {
      let key = "k\(Int.random(in: 0..<10, using: &random))"
      let known = list.first { $0.key == key }
      switch Int.random(in: 0..<5, using: &random) {
      case 0...1:
        #expect(store.load(key, at: start)?.bytes.count == known?.size)
        list.removeAll { $0.key == key }
        if let known { list.append(known) }
      case 2...3:
        let size = Int.random(in: 0...120, using: &random)
        save(key, size, in: store)
        list.removeAll { $0.key == key }
        guard size + 2 <= 100 else { continue }
        while list.count >= 8 || list.reduce(0, { $0 + $1.size + 2 }) + size + 2 > 100 { list.removeFirst() }
        list.append((key, size))
      default:
        store.remove(key)
        list.removeAll { $0.key == key }
      }
      #expect(store.count == list.count)
      #expect(store.bytes == list.reduce(0) { $0 + $1.size + 2 })
    }
  }

  @Test("must have room for something")
  func refuses() {
    #expect(throws: ResilienceError.self) { try MemoryCacheStore(maximumCount: 0) }
    #expect(throws: ResilienceError.self) { try MemoryCacheStore(maximumBytes: -1) }
  }

  private func save(_ key: String, _ size: Int, in store: MemoryCacheStore) {
    store.save([UInt8](repeating: 0, count: size), for: key, lifetime: .seconds(60), at: start)
  }
}
