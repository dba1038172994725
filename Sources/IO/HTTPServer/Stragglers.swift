internal import Synchronization

/// Tells which requests the library does not get on with.
///
/// A body whose next piece does not fit into the connection's memory, as a chunk's header may be long, is tried again in each turn
/// and for ever.
struct Stragglers {
  /// How long a body may make no progress while the library does not rest.
  static let patience = Duration.seconds(1)

  private static let interval = Duration.milliseconds(100)

  private var next: ContinuousClock.Instant?
  private var seen: [UInt64: (received: Int, since: ContinuousClock.Instant)] = [:]

  /// Whether it is time to look again.
  func isDue(at now: ContinuousClock.Instant) -> Bool { next.map { now >= $0 } ?? true }

  /// Those whose body has made no progress for too long, as far as was looked.
  mutating func overdue(among tethers: [Tether], at now: ContinuousClock.Instant) -> [Tether] {
    next = now + Self.interval
    let before = seen
    seen = [:]
    return tethers.filter { tether in
      let received = tether.received.load(ordering: .relaxed)
      guard received >= 0 else { return false }
      var since = now
      if let known = before[tether.token], known.received == received { since = known.since }
      seen[tether.token] = (received, since)
      return since.duration(to: now) >= Self.patience
    }
  }
}
