internal import Glibc

/// What the first bytes of a file tell of it, without SQLite, which might write to it or beside it.
enum DatabaseHeader {
  /// Nothing is there, or a file without content.
  case absent
  /// A database of ours.
  case ours(version: Int64)

  /// Looks at the file.
  ///
  /// - Throws: `JournalError` for a file that is not ours.
  init(of path: String) throws(JournalError) {
    if unsafe access(path, F_OK) != 0, errno == ENOENT {
      self = .absent
      return
    }
    guard let bytes = try OpenFile(path, O_RDONLY).start(100) else {
      throw Self.notOurs(path, "it can't be read: \(JournalError.text(ofErrno: errno))")
    }
    try self.init(bytes, path)
  }

  /// Source: https://sqlite.org/fileformat2.html, section 1.3, "The Database Header".
  private init(_ bytes: ArraySlice<UInt8>, _ path: String) throws(JournalError) {
    if bytes.isEmpty {
      self = .absent
      return
    }
    guard bytes.count == 100, bytes.starts(with: "SQLite format 3\0".utf8) else {
      throw Self.notOurs(path, "it is not a database")
    }
    func number(at offset: Int) -> Int64 {
      bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int64($1) }
    }
    guard number(at: 68) == Connection.applicationID else {
      throw Self.notOurs(path, "it is a database of another program")
    }
    self = .ours(version: number(at: 60))
  }

  private static func notOurs(_ path: String, _ why: String) -> JournalError {
    JournalError(
      .notOurs, "\(path) is not Muster's: \(why). It was not touched; move it away, or give another --data-dir")
  }
}
