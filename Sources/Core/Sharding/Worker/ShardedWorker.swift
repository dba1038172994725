public import MusterDiscovery
internal import MusterThreading

/// A member of a service that owns its share of the keys for as long as it runs.
///
/// It finds the other members through a provider; that it is registered itself, under `memberID`, is up to `withRegistration`.
///
/// ```swift
/// let worker = try ShardedWorker(memberID: id, of: "workers", in: registry, keys: accounts)
/// try await withThrowingTaskGroup { group in
///   group.addTask { await worker.run() }
///   for await change in worker.changes() {
///     for key in change.lost { stop(key) }
///     for key in change.gained { start(key) }
///   }
/// }
/// ```
public final class ShardedWorker: Sendable {
  private struct State {
    var sharding: Sharding
    var readers: [UInt64: ShardReader] = [:]
    var lastReader: UInt64 = 0
    /// Whether `run` is over.
    var hasEnded = false
  }

  /// The id of the member's instance.
  public let memberID: String
  /// The name of the service that it is a member of.
  public let service: String
  private let discovery: any ServiceDiscovery
  private let state: Locked<State>
  private let clock: DiscoveryClock
  /// The moment at which the clock said zero.
  private let origin = ContinuousClock.now
  private let timerBell = Bell()

  /// A worker that owns nothing until it runs.
  ///
  /// - Parameters:
  ///   - memberID: the id of its own instance, as the provider gives it.
  ///   - service: the name of the service whose instances are the members.
  ///   - discovery: where they are found.
  ///   - keys: those whose gains and losses are told.
  ///   - settings: how it decides.
  ///   - clock: the delays go by it.
  /// - Throws: `.invalidArgument` with the field, its value and what is allowed.
  public init(
    memberID: String, of service: String, in discovery: any ServiceDiscovery, keys: some Sequence<String> = [],
    settings: ShardingSettings = .init(), clock: some Clock<Duration> = ContinuousClock()
  ) throws(DiscoveryError) {
    try ServiceName.validate(service)
    var sharding = try Sharding(memberID: memberID, settings: settings)
    _ = sharding.declare(keys)
    state = Locked(State(sharding: sharding))
    self.memberID = memberID
    self.service = service
    self.discovery = discovery
    self.clock = DiscoveryClock(clock)
  }

  /// Follows the members until its task is cancelled or the provider ends the watch; then it lets go of all keys, tells
  /// the readers and ends their sequences. Call it once.
  public func run() async {
    await withTaskGroup { group in
      group.addTask { await self.follow() }
      group.addTask { await self.keepTime() }
      await group.next()
      group.cancelAll()
    }
    change { $0.release() }
    for reader in state.withLock({ state in
      state.hasEnded = true
      return Array(state.readers.values)
    }) { reader.end() }
  }

  private func follow() async {
    for await snapshot in discovery.watch(service) {
      change { $0.take(snapshot, at: now) }
      timerBell.ring()
    }
  }

  private func keepTime() async {
    while !Task.isCancelled {
      change { $0.advance(to: now) }
      let deadline = state.withLock { $0.sharding.deadline }
      await timerBell.wait(until: deadline.map { origin.duration(to: $0) }, clock)
    }
  }

  private var now: ContinuousClock.Instant { origin + clock.now }

  private func change(_ body: (inout Sharding) -> ShardChange?) {
    state.withLock { state in
      guard let change = body(&state.sharding) else { return }
      // With the lock held, so that all readers hear of changes in the same order.
      for reader in state.readers.values { reader.add(change) }
    }
  }
}

extension ShardedWorker {
  /// Whether it owns a key, declared or not. It is false before the loss is told, and true before the gain is.
  public func owns(_ key: String) -> Bool { ownership.owns(key) }

  /// Those of some keys that it owns at one moment, in their order.
  public func owned(of keys: some Sequence<String>) -> [String] { ownership.owned(of: keys) }

  /// What it owns at this moment, for more than one question.
  public var ownership: Ownership { state.withLock { $0.sharding.ownership } }

  /// The declared keys that it owns.
  public var ownedKeys: [String] { state.withLock { $0.sharding.ownedKeys } }

  /// What it knows of the other members.
  public var view: Sharding.View { state.withLock { $0.sharding.view } }

  /// Declares more keys.
  public func declare(_ keys: some Sequence<String>) { change { $0.declare(keys) } }

  /// Forgets declared keys: those that were owned are told as lost.
  public func forget(_ keys: some Sequence<String>) { change { $0.forget(keys) } }

  /// What changes from now on, for one reader; first, what is owned already. A slow reader is told of several changes as one.
  public func changes() -> ShardChanges {
    let reader = ShardReader()
    let number = state.withLock { state in
      state.lastReader &+= 1
      let ownership = state.sharding.ownership
      let gained = state.sharding.ownedKeys
      if !gained.isEmpty || ownership.own.weight > 0 {
        reader.add(ShardChange(before: ownership.released, after: ownership, lost: [], gained: gained))
      }
      if state.hasEnded { reader.end() } else { state.readers[state.lastReader] = reader }
      return state.lastReader
    }
    return ShardChanges(reader) { [weak self] in self?.state.withLock { $0.readers[number] = nil } }
  }
}
