public import MusterCatalog
internal import MusterThreading

/// A journal in an SQLite database: `muster.db` in a directory that one process at a time may use.
///
/// Every commit is one transaction in a write-ahead log that is synced before `commit` returns.
public final class SQLiteJournal: Journal {
  private let directory: DataDirectory
  private let store: Locked<Store?>
  private let reader = Locked(Reader.waiting)

  /// What history is read with.
  ///
  /// It starts with the first question, and does not wait for commits.
  private enum Reader {
    case waiting
    case open(HistoryReader)
    case closed
  }

  /// Opens the journal in `directory`, or starts a new one there.
  ///
  /// Directories that are missing are created, for their owner alone.
  ///
  /// - Throws: `JournalError`; then nothing that was there has changed.
  public convenience init(directory: String, bounds: HistoryBounds = HistoryBounds()) throws(JournalError) {
    try self.init(directory: directory, bounds: bounds, migrations: Migration.all)
  }

  init(directory path: String, bounds: HistoryBounds, migrations: [Migration]) throws(JournalError) {
    directory = DataDirectory(path)
    store = Locked(try Store(directory, bounds: bounds, migrations: migrations))
  }

  /// The catalog as of the last commit, by whichever process.
  public func load() throws(JournalError) -> Catalog {
    try use { (store) throws(JournalError) in try store.load() }
  }

  /// Makes all events durable in one transaction.
  ///
  /// - Throws: `JournalError` with the code `full` when the disk is; later calls work again once there is room.
  public func commit(_ events: [Event]) throws(JournalError) {
    try use { (store) throws(JournalError) in try store.commit(events) }
  }

  /// What happened, oldest first: the newest `limit` entries that are still kept.
  public func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry] {
    try reader.withLock { (reader) throws(JournalError) -> [HistoryEntry] in
      switch reader {
      case .open(let history):
        return try history.history(of: service, limit: limit)
      case .waiting:
        let history = try HistoryReader(directory.database)
        reader = .open(history)
        return try history.history(of: service, limit: limit)
      case .closed:
        throw closed
      }
    }
  }

  /// Sets how much history is kept, from the next commit on.
  public func setBounds(_ bounds: HistoryBounds) {
    store.withLock { $0?.setBounds(bounds) }
  }

  /// Moves what is in the log into the database, closes both, and lets others use the directory.
  public func close() {
    reader.withLock { $0 = .closed }
    store.withLock { $0 = nil }
  }

  /// Limits the size of the database, as a full disk does.
  func setMaximumPages(_ count: Int) throws(JournalError) {
    try use { (store) throws(JournalError) in try store.setMaximumPages(count) }
  }

  private func use<R: Sendable>(_ body: (Store) throws(JournalError) -> R) throws(JournalError) -> R {
    try store.withLock { (store) throws(JournalError) -> R in
      guard let store else { throw closed }
      return try body(store)
    }
  }

  private var closed: JournalError { JournalError(.closed, "\(directory.database) is closed") }
}
