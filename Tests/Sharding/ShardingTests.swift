import MusterDiscovery
import Testing

@testable import MusterSharding

@Suite("A sharding member")
struct ShardingTests {
  private let keys = MusterShardingTests.keys(200)

  private func member(
    settling: Duration = .seconds(2), _ unreachable: ShardingSettings.Unreachable = .keep
  ) throws -> Driven {
    let sharding = try Driven(settings: ShardingSettings(settling: settling, unreachable: unreachable))
    #expect(sharding.declare(keys) == nil)
    return sharding
  }

  /// A member that has all keys, at zero.
  private func owner(_ unreachable: ShardingSettings.Unreachable = .keep) throws -> Driven {
    let sharding = try member(unreachable)
    _ = sharding.take(live("a"), at: .seconds(-10))
    _ = sharding.advance(to: .zero)
    try #require(sharding.ownedKeys == keys)
    return sharding
  }

  private func share(_ weights: [String: Int]) -> [String] { settled("a", weights).owned(of: keys) }

  @Test("owns nothing before its list and the settling delay, then its share")
  func joining() throws {
    let sharding = try member()
    #expect(sharding.deadline == nil)
    #expect(sharding.take(live("a", "b"), at: .zero)?.gained ?? [] == [])
    #expect(sharding.deadline == .seconds(2))
    #expect(sharding.advance(to: .milliseconds(1_999)) == nil)
    #expect(!keys.contains(where: sharding.owns))
    let change = try #require(sharding.advance(to: .seconds(2)))
    #expect(change.gained == share(["a": 1, "b": 1]))
    #expect(change.lost == [])
    #expect(sharding.deadline == nil)
    #expect(sharding.owned(of: keys) == change.gained)
    #expect(sharding.ownedKeys == change.gained)
    #expect(keys.filter(change.isGained) == change.gained)
  }

  @Test("lets go of keys as soon as it sees their new owner")
  func losing() throws {
    let sharding = try owner()
    let change = try #require(sharding.take(live("a", "b"), at: .zero))
    #expect(sharding.ownedKeys == share(["a": 1, "b": 1]))
    #expect(change.lost == keys.filter { !sharding.ownedKeys.contains($0) })
    #expect(change.gained == [])
    #expect(keys.filter(change.isLost) == change.lost)
  }

  @Test("takes over from a member that went only after the settling delay")
  func takingOver() throws {
    let sharding = try owner()
    _ = sharding.take(live("a", "b"), at: .zero)
    #expect(sharding.take(live("a"), at: .seconds(1)) == nil)
    #expect(sharding.advance(to: .milliseconds(2_999)) == nil)
    #expect(sharding.advance(to: .seconds(3))?.gained.count == 200 - share(["a": 1, "b": 1]).count)
    #expect(sharding.ownedKeys.count == 200)
  }

  @Test("counts the delay anew when the member that went comes back meanwhile")
  func flapping() throws {
    let sharding = try owner()
    _ = sharding.take(live("a", "b"), at: .zero)
    _ = sharding.take(live("a"), at: .seconds(1))
    #expect(sharding.take(live("a", "b"), at: .seconds(2)) == nil)
    #expect(sharding.take(live("a"), at: .seconds(2.5)) == nil)
    #expect(sharding.advance(to: .seconds(4.4)) == nil)
    #expect(sharding.advance(to: .seconds(4.5)) != nil)
  }

  @Test("goes on waiting from the first list that gave it a key when another member comes")
  func keepsWaiting() throws {
    let sharding = try member()
    _ = sharding.take(live("a"), at: .zero)
    _ = sharding.take(live("a", "b"), at: .seconds(1))
    #expect(sharding.advance(to: .seconds(2))?.gained == share(["a": 1, "b": 1]))
  }

  @Test("has no keys when its instance is not in the list, and takes them again after the delay")
  func dropped() throws {
    let sharding = try owner()
    #expect(sharding.take(live("b"), at: .zero)?.lost == keys)
    #expect(sharding.take(live("a"), at: .seconds(1))?.gained ?? [] == [])
    #expect(sharding.advance(to: .seconds(3))?.gained == keys)
  }

  @Test(
    "lets a lighter weight of its own count at once and a heavier one after the delay; of others the other way round")
  func weights() throws {
    let sharding = try owner()
    _ = sharding.take(live(["a": 4, "b": 4]), at: .zero)
    _ = sharding.advance(to: .seconds(2))
    let even = share(["a": 1, "b": 1])
    #expect(sharding.ownedKeys == even)
    // Its own at once, the other's not yet.
    _ = sharding.take(live(["a": 2, "b": 2]), at: .seconds(3))
    #expect(sharding.ownedKeys == share(["a": 2, "b": 4]))
    _ = sharding.advance(to: .seconds(5))
    #expect(sharding.ownedKeys == even)
    // The other's at once, its own not yet.
    _ = sharding.take(live(["a": 6, "b": 6]), at: .seconds(6))
    #expect(sharding.ownedKeys == share(["a": 2, "b": 6]))
    _ = sharding.advance(to: .seconds(8))
    #expect(sharding.ownedKeys == even)
  }

  @Test("keeps its keys while the registry is away, and takes no others")
  func keeping() throws {
    let sharding = try owner()
    _ = sharding.take(live("a", "b"), at: .zero)
    _ = sharding.take(live("a"), at: .seconds(1))
    #expect(sharding.take(live("a").stale("away"), at: .seconds(2)) == nil)
    #expect(sharding.view == .stale(since: sharding.start + .seconds(2), reason: "away"))
    #expect(sharding.deadline == nil)
    #expect(sharding.advance(to: .seconds(100)) == nil)
    #expect(sharding.ownedKeys == share(["a": 1, "b": 1]))
    // Back, with the same list: the delay begins again.
    #expect(sharding.take(live("a"), at: .seconds(200)) == nil)
    #expect(sharding.advance(to: .seconds(201.9)) == nil)
    #expect(sharding.advance(to: .seconds(202)) != nil)
    #expect(sharding.ownedKeys.count == 200)
  }

  @Test("lets go of its keys when the registry is away for longer than the grace")
  func releasing() throws {
    let sharding = try owner(.release(after: .seconds(5)))
    #expect(sharding.take(live("a").stale("away"), at: .zero) == nil)
    #expect(sharding.take(live("a").stale("still away"), at: .seconds(3)) == nil)
    #expect(sharding.deadline == .seconds(5))
    #expect(sharding.advance(to: .seconds(4.9)) == nil)
    #expect(sharding.advance(to: .seconds(5))?.lost == keys)
    #expect(sharding.deadline == nil)
    #expect(sharding.take(live("a"), at: .seconds(9))?.gained ?? [] == [])
    #expect(sharding.advance(to: .seconds(11))?.gained == keys)
  }

  @Test("goes on as if nothing had been when the registry is back within the grace")
  func shortOutage() throws {
    let sharding = try owner(.release(after: .seconds(5)))
    _ = sharding.take(live("a").stale("away"), at: .zero)
    #expect(sharding.take(live("a"), at: .seconds(4)) == nil)
    #expect(sharding.advance(to: .seconds(100)) == nil)
    #expect(sharding.ownedKeys == keys)
  }

  @Test("knows nobody from a list that was stale from the first")
  func staleFromTheFirst() throws {
    let sharding = try member(.release(after: .zero))
    #expect(sharding.take(live("a").stale("away"), at: .zero) == nil)
    #expect(sharding.view == .none)
    #expect(sharding.advance(to: .seconds(100)) == nil)
  }

  @Test("tells of keys that are declared and forgotten while it owns them")
  func declaring() throws {
    let sharding = try owner()
    #expect(sharding.declare(["more", "account-1", "more"])?.gained == ["more"])
    #expect(sharding.keyCount == 201)
    #expect(sharding.forget(["account-7", "unknown"])?.lost == ["account-7"])
    #expect(sharding.forget(["account-7"]) == nil)
    #expect(sharding.take(live("b"), at: .zero)?.lost.count == 200)
  }

  @Test("lets go of everything at the end")
  func end() throws {
    let sharding = try owner()
    #expect(sharding.release()?.lost == keys)
    #expect(sharding.release() == nil)
    #expect(sharding.deadline == nil)
  }

  @Test(
    "refuses settings out of their ranges",
    arguments: [
      (ShardingSettings(settling: .seconds(-1)), "settling"),
      (ShardingSettings(settling: .seconds(86_401)), "settling"),
      (ShardingSettings(unreachable: .release(after: .seconds(-1))), "grace"),
      (ShardingSettings(unreachable: .release(after: .seconds(86_401))), "grace"),
    ])
  func badSettings(settings: ShardingSettings, field: String) {
    let error = #expect(throws: DiscoveryError.self) { try Sharding(memberID: "a", settings: settings) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains(field) == true)
  }

  @Test("refuses an empty id")
  func emptyID() {
    #expect(throws: DiscoveryError.self) { try Sharding(memberID: "") }
  }
}
