import Testing

@testable import MusterJournal

@Suite("The index of rows")
struct RowIndexTests {
  @Test("gives every key a row of its own, whatever is kept and rolled back", arguments: 1...20 as ClosedRange<UInt64>)
  func keepsRowsApart(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var index = RowIndex<Int, Int>()
    var model: [Int: (row: Int64, value: Int)] = [:]
    var highest: Int64 = 0
    for _ in 0..<200 {
      var next = model
      for _ in 0..<Int.random(in: 0..<8, using: &random) {
        let key = Int.random(in: 0..<20, using: &random)
        if Bool.random(using: &random) {
          let value = Int.random(in: 0..<100, using: &random)
          let place = index.put(value, for: key)
          #expect(place.before == next[key]?.value)
          next[key] = (place.row, value)
          highest = max(highest, place.row)
        } else {
          let row = index.remove(key)?.row
          #expect(row == next.removeValue(forKey: key)?.row)
        }
      }
      if Bool.random(using: &random) {
        index.keep()
        model = next
      } else {
        index.rollBack()
      }
      #expect(Set(model.values.map(\.row)).count == model.count)
      for key in 0..<20 {
        #expect(index[key] == model[key]?.value)
        #expect(index.row(of: key) == model[key]?.row)
      }
    }
    // 20 keys, and at most 7 removals in a transaction that can't be used again in it.
    #expect(highest <= 27)
  }

  @Test("fills the gaps of a table before it grows, and refuses a second row of a key")
  func restores() {
    var index = RowIndex<String, Int>()
    let isNew = [index.restore("a", 1, row: 2), index.restore("b", 2, row: 4), index.restore("a", 3, row: 6)]
    #expect(isNew == [true, true, false])
    var rows: Set<Int64> = []
    for key in ["c", "d", "e", "f"] { rows.insert(index.put(0, for: key).row) }
    #expect(rows == [1, 3, 5, 7])
  }

  @Test("takes no more memory for a table with a huge row than for a small one")
  func survivesHugeRows() {
    var index = RowIndex<String, Int>()
    _ = index.restore("a", 1, row: 1 << 40)
    let row = index.put(0, for: "b").row
    #expect(row < 1 << 40)
    #expect(index.row(of: "a") == 1 << 40)
  }
}
