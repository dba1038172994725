internal import MusterCatalog

/// The newest events, in memory.
struct BoundedHistory {
  var bounds: HistoryBounds
  private var entries: [HistoryEntry] = []
  /// The place of the oldest entry that is kept; those before it are dropped together once they are the greater part.
  private var first = 0

  init(bounds: HistoryBounds) {
    self.bounds = bounds
  }

  mutating func append(_ events: [Event]) {
    guard let newest = events.last else { return }
    for event in events { entries.append(HistoryEntry(event)) }
    let limits = bounds.limits(after: newest)
    let end = min(entries.count, first + HistoryBounds.chunk(committing: events.count))
    while first < end, limits.exclude(revision: entries[first].revision, time: entries[first].time) { first += 1 }
    if first > entries.count / 2 {
      entries.removeFirst(first)
      first = 0
    }
  }

  /// The newest `limit` entries that are wanted, oldest first.
  func newest(_ limit: Int, where isWanted: (HistoryEntry) -> Bool) -> [HistoryEntry] {
    var found: [HistoryEntry] = []
    for entry in entries[first...].reversed() {
      guard found.count < limit else { break }
      if isWanted(entry) { found.append(entry) }
    }
    return found.reversed()
  }

  /// The nodes of the service's events.
  func nodes(of service: String) -> Set<String> {
    Set(entries[first...].lazy.filter { $0.subject.service == service }.map(\.subject.node))
  }
}
