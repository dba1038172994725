internal import CSQLite
internal import Glibc

extension JournalError {
  /// What a result code of SQLite means for the journal.
  ///
  /// - Parameters:
  ///   - code: The extended result code.
  ///   - errno: What the system said when the code is one of input and output.
  ///   - text: SQLite's own message.
  ///   - path: The database.
  ///   - what: What was being done.
  init(sqlite code: Int32, errno: Int32, _ text: String, path: String, _ what: String) {
    let primary = code & 0xFF
    switch primary {
    case SQLITE_FULL:
      self = .full(path)
    case SQLITE_IOERR where Self.isDiskFull(errno: errno, path: path):
      self = .full(path)
    case SQLITE_CORRUPT, SQLITE_NOTADB:
      self = .damaged(path, "\(text) (while \(what))")
    case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
      let reason = errno == 0 ? text : "\(text): \(Self.text(ofErrno: errno))"
      self.init(.notWritable, "\(path) can't be written: \(reason). Check its owner and permissions")
    case SQLITE_BUSY, SQLITE_LOCKED:
      self.init(.inUse, "\(path) is locked by another program: close it and try again")
    default:
      let reason = errno == 0 ? text : "\(text): \(Self.text(ofErrno: errno))"
      self.init(.io, "\(path): \(reason) (while \(what))")
    }
  }

  static func full(_ path: String) -> JournalError {
    JournalError(.full, "no room left to write \(path): free space on its disk; nothing of this change was kept")
  }

  static func damaged(_ path: String, _ what: String) -> JournalError {
    JournalError(
      .damaged,
      "\(path) is damaged: \(what). Nothing was changed; restore the file from a copy, or move it and its -wal file "
        + "away to start empty")
  }

  /// SQLite reports a full disk as such for the database and the log, but not for the index of the log, which is also a
  /// file; and what the system said may have been overwritten by then.
  private static func isDiskFull(errno: Int32, path: String) -> Bool {
    if errno == ENOSPC || errno == EDQUOT { return true }
    var information = statvfs()
    guard unsafe statvfs(path, &information) == 0 else { return false }
    return information.f_bavail == 0
  }

  /// The system's words for an error number.
  static func text(ofErrno number: Int32) -> String {
    unsafe String(cString: strerror(number))
  }
}
