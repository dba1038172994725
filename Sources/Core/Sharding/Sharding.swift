public import MusterDiscovery

/// Which keys a member of a service owns: a value that is told the lists of members and the time, and does nothing by itself.
///
/// Each key belongs to the member that scores highest for it, by weight, so all members that see the same list agree
/// without talking to each other. `ShardingSettings` says how long they can differ. A member of weight 0 owns nothing; if
/// all have it, nobody owns anything.
///
/// It is no lock: a process that was stopped for a while and goes on does not know yet what it has lost. Use it for work that
/// may be done twice now and then, or check at the place that the work changes.
///
/// `ShardedWorker` runs one over any provider.
public struct Sharding: Sendable {
  /// A moment of the clock that all calls go by.
  public typealias Instant = ContinuousClock.Instant

  /// Whether the member knows who the others are.
  public enum View: Sendable, Hashable {
    /// There has not been a list that the registry stands behind.
    case none
    /// The registry stands behind the last list.
    case live
    /// The registry can't be reached.
    case stale(since: Instant, reason: String)
  }

  /// What it knows of the others.
  public private(set) var view = View.none
  /// What it owns now.
  public private(set) var ownership: Ownership
  /// How it decides.
  public let settings: ShardingSettings
  private var roster: Roster
  private var keys = KeyTable()

  /// A member that does not know the others yet, and owns nothing.
  ///
  /// - Parameters:
  ///   - memberID: the id of the member's own instance in the lists.
  ///   - settings: how it decides.
  /// - Throws: `.invalidArgument` for an empty id and for settings out of their ranges.
  public init(memberID: String, settings: ShardingSettings = .init()) throws(DiscoveryError) {
    guard !memberID.isEmpty else {
      throw DiscoveryError(.invalidArgument, "an empty memberID: it must be the id of the member's instance")
    }
    try settings.validate()
    self.settings = settings
    roster = Roster(id: memberID, settling: settings.settling)
    ownership = roster.ownership
  }

  /// When to call `advance`, at the latest; nil: not before the next snapshot.
  public var deadline: Instant? {
    switch (view, settings.unreachable) {
    case (.none, _), (.stale, .keep): nil
    case (.live, _): roster.deadline
    case (.stale(let since, _), .release(let grace)): ownership.own.weight > 0 ? since + grace : nil
    }
  }

  /// Takes a snapshot of the members, live or stale.
  ///
  /// - Returns: what changed, with empty lists where no declared key moved; nil if no key can have moved.
  public mutating func take(_ snapshot: Snapshot, at now: Instant) -> ShardChange? {
    switch (snapshot.freshness, view) {
    case (.live, let earlier):
      if case .stale = earlier { roster.restartSettling(at: now) }
      view = .live
      roster.take(snapshot.instances, at: now)
    case (.stale, .none): return nil
    case (.stale(let reason), .live): view = .stale(since: now, reason: reason)
    case (.stale(let reason), .stale(let since, _)): view = .stale(since: since, reason: reason)
    }
    return advance(to: now)
  }

  /// Lets time pass: gains whose settling delay is over, and the end of the grace.
  ///
  /// - Returns: what changed, with empty lists where no declared key moved; nil if no key can have moved.
  public mutating func advance(to now: Instant) -> ShardChange? {
    switch (view, settings.unreachable) {
    case (.none, _), (.stale, .keep): return nil
    case (.live, _): roster.settle(at: now)
    case (.stale(let since, _), .release(let grace)):
      guard since + grace <= now else { return nil }
      roster.release()
    }
    return follow()
  }

  /// Lets go of everything, as at the end; the next live snapshot begins anew.
  ///
  /// - Returns: what changed; nil if nothing was owned.
  public mutating func release() -> ShardChange? {
    roster.release()
    view = .none
    return follow()
  }

  private mutating func follow() -> ShardChange? {
    let before = ownership
    let after = roster.ownership
    guard after != before else { return nil }
    ownership = after
    let difference = keys.update(from: before, to: after)
    return ShardChange(before: before, after: after, lost: difference.lost, gained: difference.gained)
  }
}

extension Sharding {
  /// Whether it owns a key, declared or not.
  public func owns(_ key: String) -> Bool { ownership.owns(key) }

  /// Those of some keys that it owns, in their order.
  public func owned(of keys: some Sequence<String>) -> [String] { ownership.owned(of: keys) }

  /// The declared keys that it owns.
  public var ownedKeys: [String] { keys.owned }

  /// How many keys are declared.
  public var keyCount: Int { keys.count }

  /// Declares keys, whose gains and losses are told; those that are declared already stay as they are.
  ///
  /// - Returns: the owned ones among the new, as gained; nil if there are none.
  public mutating func declare(_ keys: some Sequence<String>) -> ShardChange? {
    let gained = self.keys.insert(keys, ownership)
    return gained.isEmpty ? nil : ShardChange(before: ownership, after: ownership, lost: [], gained: gained)
  }

  /// Forgets declared keys.
  ///
  /// - Returns: those that were owned, as lost; nil if there were none.
  public mutating func forget(_ keys: some Sequence<String>) -> ShardChange? {
    let lost = self.keys.remove(keys)
    return lost.isEmpty ? nil : ShardChange(before: ownership, after: ownership, lost: lost, gained: [])
  }
}
