public import MusterCatalog
public import MusterJournal
internal import MusterThreading

/// A journal in memory whose disk can be filled up, and which knows what was stored.
public final class FlakyJournal: Journal {
  private struct State {
    var failure: JournalError?
    var commits: [[UInt64]] = []
    var beforeCommit: (@Sendable () -> Void)?
  }

  private let inner = MemoryJournal()
  private let initial: Catalog
  private let state = Monitor(State())

  /// A journal that works.
  ///
  /// - Parameter initial: what it claims to have stored earlier.
  public init(holding initial: Catalog = Catalog()) {
    self.initial = initial
  }

  /// Makes every commit fail until `repair`.
  public func fillUp() {
    state.withLock { $0.failure = JournalError(.full, "the disk is full") }
  }

  /// Makes commits work again.
  public func repair() { state.withLock { $0.failure = nil } }

  /// Sets what runs at the begin of every commit, on the writer's thread.
  public func beforeCommit(_ body: (@Sendable () -> Void)?) { state.withLock { $0.beforeCommit = body } }

  /// The revisions of each commit that worked.
  public var commits: [[UInt64]] { state.withLock { $0.commits } }

  /// What was stored before.
  public func load() throws(JournalError) -> Catalog { initial }

  /// Stores events, or fails.
  public func commit(_ events: [Event]) throws(JournalError) {
    state.withLock { $0.beforeCommit }?()
    if let failure = state.withLock({ $0.failure }) { throw failure }
    try inner.commit(events)
    state.withLock { $0.commits.append(events.map(\.revision)) }
  }

  /// What was stored.
  public func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry] {
    try inner.history(of: service, limit: limit)
  }

  /// Passed on.
  public func setBounds(_ bounds: HistoryBounds) { inner.setBounds(bounds) }

  /// Closes it; commits fail from now on.
  public func close() { inner.close() }
}
