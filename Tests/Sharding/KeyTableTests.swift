import MusterBalancing
import Testing

@testable import MusterSharding

@Suite("The table of keys")
struct KeyTableTests {
  @Test("says the same as an answer from scratch, after any changes of members", arguments: (1...8).map(UInt64.init))
  func incremental(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let keys = MusterShardingTests.keys(300)
    var weights = ["a": 1]
    var ownership = settled("a", weights)
    var table = KeyTable()
    _ = table.insert(keys, ownership)
    for _ in 0..<200 {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let id = ["a", "b", "c", "d", "e", "f", "g"].randomElement(using: &random) ?? "a"
        weights[id] = [nil, 0, 1, 2, 5].randomElement(using: &random) ?? nil
      }
      let earlier = table.owned
      let next = settled("a", weights)
      let difference = table.update(from: ownership, to: next)
      ownership = next
      #expect(table.owned == next.owned(of: keys))
      #expect(difference.gained == table.owned.filter { !earlier.contains($0) })
      #expect(difference.lost == earlier.filter { !next.owns($0) })
    }
  }

  @Test("joins two changes: lost keys stay lost, and what came and went is not told")
  func joining() {
    let none = settled("a", [:])
    let all = settled("a", ["a": 1])
    var change = ShardChange(before: none, after: all, lost: ["1"], gained: ["2", "3"])
    change.join(ShardChange(before: all, after: none, lost: ["2", "4"], gained: ["1", "5"]))
    #expect(change == ShardChange(before: none, after: none, lost: ["1", "4"], gained: ["3", "1", "5"]))
    change.join(ShardChange(before: none, after: none, lost: ["1"], gained: []))
    #expect(change.lost == ["1", "4"])
    #expect(change.gained == ["3", "5"])
  }
}
