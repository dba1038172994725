internal import MusterCatalog

/// Picks out of all events those that concern a service, from the newest back to the oldest.
///
/// That are its own, and those of a node while it had an instance there: an event of its own tells whether the instance
/// was there before it. Who is there now is known, since the events of long ago are not kept.
struct ServiceHistory {
  private let service: String
  private let limit: Int
  /// The service's instances by node, at the place that was reached.
  private var present: [String: Set<String>] = [:]
  /// The removal of a node, until it shows whether the service left with it: instances are removed first.
  private var removal: HistoryEntry?
  private var found: [HistoryEntry] = []

  init(of service: String, limit: Int) {
    self.service = service
    self.limit = limit
  }

  /// Whether older events need not be looked at.
  var isComplete: Bool { found.count >= limit }

  /// What was found, oldest first.
  var entries: [HistoryEntry] { found.reversed() }

  /// Notes an instance that the service has now.
  mutating func note(_ instance: String, on node: String) {
    present[node, default: []].insert(instance)
  }

  /// Takes the next older event.
  mutating func take(_ entry: HistoryEntry) {
    let subject = entry.subject
    guard !isComplete, subject.service == service || subject.service.isEmpty else { return }
    let removal = removal
    self.removal = nil
    guard subject.service.isEmpty else {
      if let removal, entry.leaves(with: removal) { found.append(removal) }
      if !isComplete { found.append(entry) }
      return goBack(before: entry)
    }
    if present[subject.node]?.isEmpty == false {
      found.append(entry)
    } else if entry.kind == .nodeDeregistered {
      self.removal = entry
    }
  }

  private mutating func goBack(before entry: HistoryEntry) {
    let subject = entry.subject
    guard !subject.instance.isEmpty else { return }
    if entry.kind == .registered {
      present[subject.node]?.remove(subject.instance)
    } else {
      note(subject.instance, on: subject.node)
    }
  }
}

extension HistoryEntry {
  /// Whether the instance was removed because its node was.
  fileprivate func leaves(with removal: HistoryEntry) -> Bool {
    kind == .deregistered && subject.node == removal.subject.node && time == removal.time
  }
}
