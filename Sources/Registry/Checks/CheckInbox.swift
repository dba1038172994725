internal import MusterCatalog
internal import MusterEventPoll
internal import MusterProbing
internal import MusterThreading

/// What has changed about active checks since the runner last looked: at most one entry a check, however often it
/// changed.
final class CheckInbox: Sendable {
  enum News: Sendable {
    case put(Check)
    case remove
  }

  private struct State: Sendable {
    var changes: [CheckKey: News] = [:]
    /// The checks that the runner has, or is about to.
    var active: Set<CheckKey> = []
    /// Events up to this revision are part of what the runner began with; before it has begun, all are.
    var begin: UInt64?
    var waker: PollWaker?
    var isStopped = false

    mutating func take(_ change: Change) {
      switch change {
      case .putCheck(let node, _, let check):
        // Most changes are those of TTL checks, which are nobody's business here.
        guard check.definition.isActive else { return remove(CheckKey(node: node, id: check.id)) }
        let key = CheckKey(node: node, id: check.id)
        active.insert(key)
        changes[key] = .put(check)
      case .removeCheck(let key):
        remove(key)
      case .putNode, .removeNode, .putInstance, .removeInstance:
        return
      }
    }

    private mutating func remove(_ key: CheckKey) {
      guard !active.isEmpty, active.remove(key) != nil else { return }
      changes[key] = .remove
    }
  }

  private let state = Locked(State())

  /// Takes the checks that are there. Events must be coming in already; `catalog` is called while they wait, so that
  /// each is either part of it or taken afterwards.
  func begin(waker: PollWaker, with catalog: () -> Catalog) {
    state.withLock { state in
      let catalog = catalog()
      state.begin = catalog.revision
      state.waker = waker
      catalog.forEachActiveCheck { key, check in
        state.active.insert(key)
        state.changes[key] = .put(check)
      }
    }
    waker.wake()
  }

  /// Takes what happened, on the registry's writer thread.
  func take(_ events: [Event]) {
    let waker = state.withLock { state -> PollWaker? in
      guard !state.isStopped, let begin = state.begin else { return nil }
      let wasEmpty = state.changes.isEmpty
      for event in events where event.revision > begin {
        for change in event.changes { state.take(change) }
      }
      return wasEmpty && !state.changes.isEmpty ? state.waker : nil
    }
    waker?.wake()
  }

  /// What has changed; nil when the runner is to end.
  func takeAll() -> [CheckKey: News]? {
    state.withLock { state in
      guard !state.isStopped else { return nil }
      defer { state.changes = [:] }
      return state.changes
    }
  }

  /// Ends the runner.
  func stop() {
    let waker = state.withLock { state in
      state.isStopped = true
      state.changes = [:]
      state.active = []
      return state.waker
    }
    waker?.wake()
  }
}
