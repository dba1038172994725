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

  /// The newest `limit` entries, oldest first.
  func newest(_ limit: Int) -> [HistoryEntry] { Array(entries[first...].suffix(max(0, limit))) }

  /// Lets a service's history take what concerns it.
  func pick(_ history: inout ServiceHistory) {
    for entry in entries[first...].reversed() {
      guard !history.isComplete else { break }
      history.take(entry)
    }
  }
}
