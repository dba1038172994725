internal import Glibc

/// Where the files are.
struct DataDirectory {
  let path: String

  var database: String { path + "/muster.db" }

  init(_ path: String) {
    self.path = path
  }

  /// Creates the directory and those above it, for the owner alone, where they are missing.
  func create() throws(JournalError) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[end...].dropFirst().firstIndex(of: "/") ?? path.endIndex
      let part = String(path[..<end])
      if unsafe mkdir(part, 0o700) == 0 || errno == EEXIST { continue }
      let number = errno
      // A directory above may be there in a file system that does not even say so.
      var information = stat()
      if unsafe stat(part, &information) == 0 { continue }
      throw number == ENOSPC ? .full(part) : .notWritable(part, errno: number)
    }
  }

  /// Makes the names of the directory's files durable.
  private func sync() throws(JournalError) {
    let directory = try OpenFile(path, O_RDONLY | O_DIRECTORY)
    guard fsync(directory.descriptor) == 0 else { throw .notWritable(path, errno: errno) }
  }

  /// Creates the database under another name first, so that under its own name it is always complete.
  func createDatabase(_ migrations: [Migration]) throws(JournalError) {
    let new = database + ".new"
    for leftover in [new, new + "-journal"] { unsafe unlink(leftover) }
    _ = try OpenFile(new, O_RDWR | O_CREAT | O_EXCL)
    try Connection(new, .write).migrate(migrations)
    guard unsafe rename(new, database) == 0 else { throw .notWritable(database, errno: errno) }
    try sync()
  }
}
