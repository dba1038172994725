import MusterDiscovery
import Testing

@testable import MusterSharding

/// Bounds of a share: the number of keys that one of n equal members owns is binomial with p = 1/n, so its standard deviation
/// is at most √(K/n). Four of them hold for all but one in 15,000 draws, and the keys and ids here are fixed.
@Suite("Highest random weight")
struct MovementTests {
  private let keys = MusterShardingTests.keys(10_000)

  private func owners(_ weights: [String: Int]) -> [String: String] {
    var owners: [String: String] = [:]
    for id in weights.keys {
      for key in settled(id, weights).owned(of: keys) {
        #expect(owners[key] == nil)
        owners[key] = id
      }
    }
    return owners
  }

  private func equal(_ count: Int) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: (1...count).map { ("worker-\($0)", 1) })
  }

  private func slack(_ share: Double) -> Double { 4 * share.squareRoot() }

  @Test("gives every key one owner, and every member its share", arguments: [1, 2, 5, 20])
  func spread(count: Int) {
    let owners = owners(equal(count))
    #expect(owners.count == keys.count)
    let share = Double(keys.count) / Double(count)
    for id in equal(count).keys {
      let owned = owners.values.count { $0 == id }
      #expect(abs(Double(owned) - share) <= (count == 1 ? 0 : slack(share)))
    }
  }

  @Test("moves the keys of a member that leaves and no others, at most K/n and the slack", arguments: [2, 5, 20])
  func leaving(count: Int) {
    var weights = equal(count)
    let before = owners(weights)
    weights["worker-1"] = nil
    let after = owners(weights)
    let moved = keys.filter { before[$0] != after[$0] }
    #expect(moved.allSatisfy { before[$0] == "worker-1" })
    let share = Double(keys.count) / Double(count)
    #expect(Double(moved.count) <= share + slack(share))
  }

  @Test("moves keys to a member that comes and to no other", arguments: [1, 4, 19])
  func coming(count: Int) {
    let before = owners(equal(count))
    let after = owners(equal(count + 1))
    let moved = keys.filter { before[$0] != after[$0] }
    #expect(moved.allSatisfy { after[$0] == "worker-\(count + 1)" })
    let share = Double(keys.count) / Double(count + 1)
    #expect(Double(moved.count) <= share + slack(share))
  }

  @Test("honours weights, and moves keys only to a member that grows heavier")
  func weights() {
    let before = owners(["a": 1, "b": 2, "c": 5])
    for (id, share) in ["a": 1_250.0, "b": 2_500, "c": 6_250] {
      #expect(abs(Double(before.values.count { $0 == id }) - share) <= slack(share))
    }
    let after = owners(["a": 1, "b": 3, "c": 5])
    #expect(keys.allSatisfy { before[$0] == after[$0] || after[$0] == "b" })
  }

  @Test("gives a member of weight 0 nothing, and nobody anything where all weigh nothing")
  func weightless() {
    #expect(owners(["a": 0, "b": 1]).values.allSatisfy { $0 == "b" })
    #expect(owners(["a": 0, "b": 0]).isEmpty)
  }

  @Test("always finds the same owners: members of different builds must agree")
  func pinned() {
    let owners = owners(["red": 1, "green": 1, "blue": 2])
    let found = ["account-0", "account-1", "account-2", "account-3", "", "päßwort"].map { key in
      owners[key] ?? ["red", "green", "blue"].first { settled($0, ["red": 1, "green": 1, "blue": 2]).owns(key) }
    }
    #expect(found == ["green", "blue", "blue", "red", "blue", "blue"])
  }
}
