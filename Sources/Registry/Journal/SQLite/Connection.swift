internal import CSQLite

/// An open database.
///
/// Used by one thread at a time.
@safe final class Connection {
  let path: String
  private let handle: OpaquePointer

  /// How a database is opened.
  enum Mode {
    case write, read

    fileprivate var flags: Int32 {
      switch self {
      case .write: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      }
    }
  }

  init(_ path: String, _ mode: Mode) throws(JournalError) {
    self.path = path
    var opened: OpaquePointer?
    let flags = mode.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard let handle = unsafe opened else {
      throw JournalError(.io, "\(path): not enough memory to open it")
    }
    unsafe self.handle = handle
    try check(code, "opening it")
    // Only a person with the sqlite3 command could be in the way.
    unsafe sqlite3_busy_timeout(handle, 5000)
  }

  deinit {
    // Waits for statements that are still there.
    unsafe sqlite3_close_v2(handle)
  }

  /// Whether the connection is outside of a transaction.
  var isIdle: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

  /// Whether nothing can be written, since the file or its directory does not allow it.
  var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") != 0 }

  /// The number of rows that the last statement changed.
  var changes: Int { Int(unsafe sqlite3_changes64(handle)) }

  /// Whether closing writes to the database file, as it has to in the end.
  func setCheckpointOnClose(_ isOn: Bool) {
    _ = unsafe muster_sqlite3_checkpoint_on_close(handle, isOn ? 1 : 0)
  }

  /// Runs statements without parameters and results.
  func execute(_ sql: String) throws(JournalError) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil), "running \(sql.prefix(60))")
  }

  /// Compiles a statement that is going to be used often.
  func prepare(_ sql: String) throws(JournalError) -> Statement {
    var compiled: OpaquePointer?
    let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
    try check(unsafe sqlite3_prepare_v3(handle, sql, -1, flags, &compiled, nil), "preparing \(sql.prefix(60))")
    guard let statement = unsafe compiled else { throw JournalError(.io, "\(path): empty statement") }
    return unsafe Statement(statement, on: self)
  }

  /// The first column of the first row.
  func integer(_ sql: String) throws(JournalError) -> Int64 {
    let statement = try prepare(sql)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Does all of `body` or nothing of it.
  func transaction(_ body: () throws(JournalError) -> Void) throws(JournalError) {
    try execute("BEGIN IMMEDIATE")
    do throws(JournalError) {
      try body()
      try execute("COMMIT")
    } catch {
      rollBack()
      throw error
    }
  }

  /// Leaves the transaction, if SQLite has not done so by itself.
  func rollBack() {
    guard !isIdle else { return }
    // A failure here is that of the transaction, which the caller reports; the next BEGIN would fail and say so.
    _ = unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  func check(_ code: Int32, _ what: @autoclosure () -> String) throws(JournalError) {
    if code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE { return }
    let text = unsafe String(cString: sqlite3_errmsg(handle))
    throw JournalError(sqlite: code, errno: unsafe sqlite3_system_errno(handle), text, path: path, what())
  }
}
