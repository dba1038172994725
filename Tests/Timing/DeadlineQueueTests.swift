import Testing

@testable import MusterTiming

@Suite("A deadline queue")
struct DeadlineQueueTests {
  @Test("gives the due keys, earliest first, and keeps the others")
  func order() {
    var queue = DeadlineQueue<String, Int>()
    for (key, time) in [("c", 30), ("a", 10), ("d", 40), ("b", 20)] { queue.set(key, at: time) }
    #expect(queue.next() == 10)
    #expect(queue.popDue(at: 30, limit: 10) == ["a", "b", "c"])
    #expect(queue.count == 1)
    #expect(queue.next() == 40)
    #expect(queue.popDue(at: 39, limit: 10).isEmpty)
  }

  @Test("gives equal deadlines in the order in which they were set last")
  func ties() {
    var queue = DeadlineQueue<Int, Int>()
    for key in 0..<6 { queue.set(key, at: 10) }
    queue.set(2, at: 10)
    queue.set(0, at: 50)
    queue.set(0, at: 10)
    #expect(queue.popDue(at: 10, limit: 10) == [1, 3, 4, 5, 2, 0])
  }

  @Test("moves a key that is set again, later or earlier")
  func moves() {
    var queue = DeadlineQueue<String, Int>()
    queue.set("a", at: 10)
    queue.set("b", at: 20)
    queue.set("a", at: 30)
    #expect(queue.deadline(of: "a") == 30)
    #expect(queue.next() == 20)
    queue.set("a", at: 5)
    #expect(queue.count == 2)
    #expect(queue.popDue(at: 25, limit: 10) == ["a", "b"])
    #expect(queue.next() == nil)
  }

  @Test("forgets a removed key, also when it comes back")
  func removes() {
    var queue = DeadlineQueue<String, Int>()
    queue.remove("a")
    queue.set("a", at: 10)
    queue.remove("a")
    #expect(queue.next() == nil)
    #expect(queue.deadline(of: "a") == nil)
    queue.set("a", at: 20)
    #expect(queue.popDue(at: 15, limit: 10).isEmpty)
    #expect(queue.popDue(at: 20, limit: 10) == ["a"])
  }

  @Test("gives no more keys than the limit", arguments: [(-1, 0), (0, 0), (1, 1), (3, 3), (9, 5)])
  func limit(limit: Int, expected: Int) {
    var queue = DeadlineQueue<Int, Int>()
    for key in 0..<5 { queue.set(key, at: key) }
    #expect(queue.popDue(at: 100, limit: limit) == Array(0..<expected))
    #expect(queue.count == 5 - expected)
  }

  @Test("keeps its memory within a small multiple of its keys")
  func bounded() {
    var queue = DeadlineQueue<Int, Int>()
    for key in 0..<100 { queue.set(key, at: 1_000_000) }
    for step in 0..<10_000 {
      queue.set(step % 100, at: 1_000_000 - step)
      #expect(queue.places <= 2 * queue.count + 16)
    }
    for key in 0..<100 {
      queue.remove(key)
      #expect(queue.places <= 2 * queue.count + 16)
    }
  }

  @Test("is not sorted again when a heartbeat moves a deadline later")
  func rearming() {
    var queue = DeadlineQueue<Int, Int>()
    for key in 0..<100 { queue.set(key, at: key) }
    for step in 0..<10_000 { queue.set(step % 100, at: 100 + step) }
    #expect(queue.places == 100)
    #expect(queue.next() == 10_000)
  }

  @Test("does what a plain dictionary does", arguments: 1...20 as ClosedRange<UInt64>)
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var queue = DeadlineQueue<Int, Int>()
    var model = NaiveDeadlines()
    let keys = Int.random(in: 1...60, using: &random)
    var now = 0
    for _ in 0..<3000 {
      let key = Int.random(in: 0..<keys, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0...5:
        let time = now + Int.random(in: -20...100, using: &random)
        queue.set(key, at: time)
        model.set(key, at: time)
      case 6:
        queue.remove(key)
        model.deadlines[key] = nil
      case 7:
        #expect(queue.next() == model.deadlines.values.map(\.time).min())
      default:
        now += Int.random(in: 0...10, using: &random)
        let limit = Int.random(in: 0...8, using: &random)
        #expect(queue.popDue(at: now, limit: limit) == model.popDue(at: now, limit: limit))
      }
      #expect(queue.count == model.deadlines.count)
      #expect(queue.deadline(of: key) == model.deadlines[key]?.time)
    }
  }
}

/// The same contract, written down as directly as can be.
private struct NaiveDeadlines {
  var deadlines: [Int: (time: Int, order: Int)] = [:]
  private var order = 0

  mutating func set(_ key: Int, at time: Int) {
    order += 1
    deadlines[key] = (time, order)
  }

  mutating func popDue(at now: Int, limit: Int) -> [Int] {
    let due = deadlines.filter { $0.value.time <= now }.sorted { $0.value < $1.value }.prefix(limit).map(\.key)
    for key in due { deadlines[key] = nil }
    return Array(due)
  }
}
