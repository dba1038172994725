internal import MusterCatalog

/// An open data directory: what the writing thread of a `SQLiteJournal` uses.
final class Store {
  // Given back after the connection is closed, since properties go in the order they stand in.
  private let connection: Connection
  private var bounds: HistoryBounds
  /// Nil until the tables were read.
  private var writer: EventWriter?
  private let lock: DirectoryLock

  init(_ directory: DataDirectory, bounds: HistoryBounds, migrations: [Migration]) throws(JournalError) {
    try directory.create()
    lock = try DirectoryLock(directory.path)
    switch try DatabaseHeader(of: directory.database) {
    case .absent: try directory.createDatabase(migrations)
    case .ours(let version): try Self.refuse(version, migrations, directory.database)
    }
    connection = try Self.open(directory.database, migrations)
    self.bounds = bounds
  }

  private static func refuse(_ version: Int64, _ migrations: [Migration], _ path: String) throws(JournalError) {
    let known = migrations.last?.version ?? 0
    if version > known { throw .newerVersion(path, version: version, known: known) }
  }

  private static func open(_ path: String, _ migrations: [Migration]) throws(JournalError) -> Connection {
    let connection = try Connection(path, .write)
    // Nothing is moved from the log into the database before all of it was read and found good.
    connection.setCheckpointOnClose(false)
    guard !connection.isReadOnly else { throw .notWritable(path, errno: 0) }
    try connection.migrate(migrations)
    try connection.execute(settings)
    return connection
  }

  /// How the database is used.
  ///
  /// Every commit is synced. The log is moved into the database every 16 MB, so that pages which change with many
  /// commits are moved once for all of them.
  private static let settings = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 33554432;
    PRAGMA cache_size = -8000;
    PRAGMA temp_store = MEMORY;
    """

  func load() throws(JournalError) -> Catalog {
    let (catalog, tables) = try CatalogReader.load(connection)
    writer = try EventWriter(connection, tables, bounds: bounds)
    connection.setCheckpointOnClose(true)
    return catalog
  }

  func commit(_ events: [Event]) throws(JournalError) {
    guard writer != nil else { throw JournalError(.io, "\(connection.path) has to be loaded before it is written") }
    try writer?.commit(events)
  }

  func setBounds(_ bounds: HistoryBounds) {
    self.bounds = bounds
    writer?.bounds = bounds
  }

  /// Limits the size of the database, as a full disk does.
  func setMaximumPages(_ count: Int) throws(JournalError) {
    try connection.execute("PRAGMA max_page_count = \(count)")
  }
}
