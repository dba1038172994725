internal import MusterCatalog
internal import MusterTiming

/// Who waits for what: a pure table of parked watchers by topic and by deadline.
struct WatchTable {
  /// Names a watcher.
  struct Token: Hashable {
    fileprivate let topic: Topic
    fileprivate let number: UInt64
  }

  /// A parked watcher.
  ///
  /// A struct around the closure: an array of bare closures would wrap each of them once more.
  struct Watcher {
    let index: UInt64
    let wake: @Sendable (WatchEnd) -> Void
    fileprivate let deadline: Duration
  }

  /// Where a watcher stands in the heap; one that was woken leaves its place behind.
  private struct Place: Comparable {
    let deadline: Duration
    let token: Token

    static func < (lhs: Place, rhs: Place) -> Bool { lhs.deadline < rhs.deadline }
  }

  private var groups: [Topic: [UInt64: Watcher]] = [:]
  private var places = BinaryHeap<Place>()
  /// What deadlines are counted from: durations are compared without calls, instants are not.
  private var origin: ContinuousClock.Instant?
  private var lastNumber: UInt64 = 0
  private(set) var count = 0
  /// Nobody is parked any more.
  private(set) var isClosed = false

  mutating func nextDeadline() -> ContinuousClock.Instant? {
    guard let first = firstPlace() else { return nil }
    return origin.map { $0 + first.deadline }
  }

  /// Parks a watcher until `topic` is past `index`.
  mutating func add(
    _ topic: Topic, after index: UInt64, until deadline: ContinuousClock.Instant,
    wake: @escaping @Sendable (WatchEnd) -> Void
  ) -> Token {
    let start = origin ?? deadline
    origin = start
    lastNumber &+= 1
    let token = Token(topic: topic, number: lastNumber)
    let watcher = Watcher(index: index, wake: wake, deadline: deadline - start)
    groups[topic, default: [:]][lastNumber] = watcher
    places.insert(Place(deadline: watcher.deadline, token: token))
    count += 1
    return token
  }

  /// Takes a watcher out; returns whether it was still there.
  mutating func remove(_ token: Token) -> Bool {
    defer { forgetPlaces() }
    return take(token) != nil
  }

  /// Takes out those whose topic is among `topics` and now past what they have seen.
  mutating func takeChanged(_ topics: Set<Topic>, revision: (Topic) -> UInt64) -> [Watcher] {
    guard count > 0 else { return [] }
    var woken: [Watcher] = []
    for topic in topics {
      guard let group = groups.removeValue(forKey: topic) else { continue }
      let current = revision(topic)
      woken.reserveCapacity(woken.count + group.count)
      for watcher in group.values where watcher.index < current { woken.append(watcher) }
      let rest = group.filter { $0.value.index >= current }
      if !rest.isEmpty { groups[topic] = rest }
    }
    count -= woken.count
    forgetPlaces()
    return woken
  }

  /// Takes out those whose time is up.
  mutating func takeDue(at now: ContinuousClock.Instant) -> [Watcher] {
    guard let origin else { return [] }
    let time = now - origin
    var due: [Watcher] = []
    while let first = firstPlace(), first.deadline <= time {
      places.removeFirst()
      if let watcher = take(first.token) { due.append(watcher) }
    }
    return due
  }

  /// Takes out all, for good.
  mutating func close() -> [Watcher] {
    let all = groups.values.flatMap(\.values)
    self = WatchTable()
    isClosed = true
    return all
  }

  private mutating func take(_ token: Token) -> Watcher? {
    guard let watcher = groups[token.topic]?.removeValue(forKey: token.number) else { return nil }
    if groups[token.topic]?.isEmpty == true { groups[token.topic] = nil }
    count -= 1
    return watcher
  }

  /// The earliest place whose watcher is still there.
  private mutating func firstPlace() -> Place? {
    while let first = places.first {
      if groups[first.token.topic]?[first.token.number] != nil { return first }
      places.removeFirst()
    }
    return nil
  }

  /// Drops the places without a watcher once they are the majority, so that memory stays within what is parked.
  private mutating func forgetPlaces() {
    guard places.count > 2 * count + 16 else { return }
    places = BinaryHeap(
      groups.flatMap { topic, group in
        group.map { Place(deadline: $0.value.deadline, token: Token(topic: topic, number: $0.key)) }
      })
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
