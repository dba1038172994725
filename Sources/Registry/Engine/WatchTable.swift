internal import MusterCatalog
internal import MusterTiming

/// Who waits for what: a pure table of parked watchers by topic and by deadline.
struct WatchTable {
  /// Names a watcher.
  typealias Token = UInt64

  private struct Entry {
    let topic: Topic
    let index: UInt64
    let wake: @Sendable (WatchEnd) -> Void
  }

  private var entries: [Token: Entry] = [:]
  private var byTopic: [Topic: Set<Token>] = [:]
  private var deadlines = DeadlineQueue<Token, ContinuousClock.Instant>()
  private var lastToken: Token = 0
  /// Nobody is parked any more.
  private(set) var isClosed = false

  var count: Int { entries.count }

  mutating func nextDeadline() -> ContinuousClock.Instant? { deadlines.next() }

  /// Parks a watcher until `topic` is past `index`.
  mutating func add(
    _ topic: Topic, after index: UInt64, until deadline: ContinuousClock.Instant,
    wake: @escaping @Sendable (WatchEnd) -> Void
  ) -> Token {
    lastToken &+= 1
    entries[lastToken] = Entry(topic: topic, index: index, wake: wake)
    byTopic[topic, default: []].insert(lastToken)
    deadlines.set(lastToken, at: deadline)
    return lastToken
  }

  /// Takes a watcher out; returns whether it was still there.
  mutating func remove(_ token: Token) -> Bool { take(token) != nil }

  /// Takes out those whose topic is among `topics` and now past what they have seen.
  mutating func takeChanged(
    _ topics: Set<Topic>, revision: (Topic) -> UInt64
  ) -> [@Sendable (WatchEnd) -> Void] {
    var wakes: [@Sendable (WatchEnd) -> Void] = []
    for topic in topics {
      guard let tokens = byTopic[topic] else { continue }
      let current = revision(topic)
      for token in tokens where (entries[token]?.index ?? .max) < current {
        if let entry = take(token) { wakes.append(entry.wake) }
      }
    }
    return wakes
  }

  /// Takes out those whose time is up.
  mutating func takeDue(at now: ContinuousClock.Instant) -> [@Sendable (WatchEnd) -> Void] {
    deadlines.popDue(at: now, limit: .max).compactMap { take($0)?.wake }
  }

  /// Takes out all, for good.
  mutating func close() -> [@Sendable (WatchEnd) -> Void] {
    let wakes = entries.values.map(\.wake)
    self = WatchTable()
    isClosed = true
    return wakes
  }

  private mutating func take(_ token: Token) -> Entry? {
    guard let entry = entries.removeValue(forKey: token) else { return nil }
    byTopic[entry.topic]?.remove(token)
    if byTopic[entry.topic]?.isEmpty == true { byTopic[entry.topic] = nil }
    deadlines.remove(token)
    return entry
  }
}

/// Why a watcher is woken.
public enum WatchEnd: Sendable {
  /// What it asked for has changed.
  case changed
  /// It has waited as long as it wanted to.
  case timedOut
  /// The registry is shutting down.
  case stopping
}
