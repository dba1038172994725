public import MusterCatalog
internal import MusterThreading

/// A journal without a file: it keeps the history while the process lives, and nothing after that.
public final class MemoryJournal: Journal {
  fileprivate struct State: Sendable {
    var history: BoundedHistory
    /// The service of every instance, for the history of nodes.
    var services: [InstanceKey: String] = [:]
    var isClosed = false
  }

  private let state: Locked<State>

  /// An empty journal.
  public init(bounds: HistoryBounds = HistoryBounds()) {
    state = Locked(State(history: BoundedHistory(bounds: bounds)))
  }

  /// An empty catalog, since nothing outlives the process.
  public func load() throws(JournalError) -> Catalog {
    try open { _ in Catalog() }
  }

  /// Adds the events to the history.
  public func commit(_ events: [Event]) throws(JournalError) {
    try open { state in
      for event in events {
        for change in event.changes { state.note(change) }
      }
      state.history.append(events)
    }
  }

  /// What happened, oldest first: the newest `limit` entries that are still kept.
  public func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry] {
    try open { state in
      guard let service else { return state.history.newest(limit) }
      var history = ServiceHistory(of: service, limit: limit)
      for (key, name) in state.services where name == service { history.note(key.id, on: key.node) }
      state.history.pick(&history)
      return history.entries
    }
  }

  /// Sets how much history is kept, from the next commit on.
  public func setBounds(_ bounds: HistoryBounds) {
    state.withLock { $0.history.bounds = bounds }
  }

  /// Forgets everything.
  public func close() {
    state.withLock { state in
      state = State(history: BoundedHistory(bounds: state.history.bounds), isClosed: true)
    }
  }

  private func open<R>(_ body: (inout State) -> R) throws(JournalError) -> R {
    let result: R? = state.withLock { $0.isClosed ? nil : body(&$0) }
    guard let result else { throw JournalError(.closed, "the journal in memory is closed") }
    return result
  }
}

extension MemoryJournal.State {
  mutating func note(_ change: Change) {
    switch change {
    case .putInstance(let node, let instance):
      services[InstanceKey(node: node, id: instance.id)] = instance.service
    case .removeInstance(let key):
      services[key] = nil
    case .putNode, .removeNode, .putCheck, .removeCheck:
      break
    }
  }
}
