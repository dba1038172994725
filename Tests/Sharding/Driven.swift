import MusterDiscovery

@testable import MusterSharding

/// A member that is told times as durations; a reference, as the macros of tests don't call what mutates.
@dynamicMemberLookup
final class Driven {
  private var sharding: Sharding
  let start = ContinuousClock.now

  init(_ id: String = "a", settings: ShardingSettings) throws {
    sharding = try Sharding(memberID: id, settings: settings)
  }

  subscript<Value>(dynamicMember path: KeyPath<Sharding, Value>) -> Value { sharding[keyPath: path] }

  func take(_ snapshot: Snapshot, at time: Duration) -> ShardChange? { sharding.take(snapshot, at: start + time) }
  func advance(to time: Duration) -> ShardChange? { sharding.advance(to: start + time) }
  func declare(_ keys: [String]) -> ShardChange? { sharding.declare(keys) }
  func forget(_ keys: [String]) -> ShardChange? { sharding.forget(keys) }
  func release() -> ShardChange? { sharding.release() }
  func owns(_ key: String) -> Bool { sharding.owns(key) }
  func owned(of keys: [String]) -> [String] { sharding.owned(of: keys) }
  var deadline: Duration? { sharding.deadline.map { start.duration(to: $0) } }
}
