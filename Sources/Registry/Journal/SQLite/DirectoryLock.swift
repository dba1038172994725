internal import Glibc

/// The right to use a data directory, held by an open file until the process ends in whatever way.
///
/// The file stays: removing it could take it from under a process that is about to lock it.
struct DirectoryLock: ~Copyable {
  private let file: OpenFile

  /// Takes the lock, and writes down which process has it.
  init(_ directory: String) throws(JournalError) {
    let path = directory + "/muster.lock"
    let file = try OpenFile(path, O_RDWR | O_CREAT)
    guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno != EWOULDBLOCK { throw .notWritable(path, errno: errno) }
      throw JournalError(
        .inUse,
        "data directory \(directory) is in use by process \(file.owner): stop it, or give another --data-dir"
      )
    }
    try file.write(pid: getpid(), path)
    self.file = file
  }

  // A command that is just being started has a copy of the file until it runs, and so would keep the lock.
  deinit {
    flock(file.descriptor, LOCK_UN)
  }
}

extension OpenFile {
  fileprivate func write(pid: pid_t, _ path: String) throws(JournalError) {
    let text = Array("\(pid)\n".utf8)
    guard ftruncate(descriptor, 0) == 0,
      unsafe text.withUnsafeBytes({ unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }) == text.count
    else {
      let number = errno
      throw number == ENOSPC ? .full(path) : .notWritable(path, errno: number)
    }
  }

  fileprivate var owner: String {
    let digits = start(16)?.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? []
    return digits.isEmpty ? "(unknown)" : String(decoding: digits, as: UTF8.self)
  }
}

extension JournalError {
  static func notWritable(_ path: String, errno: Int32) -> JournalError {
    JournalError(
      .notWritable,
      "\(path) can't be written: \(text(ofErrno: errno)). Check its owner and permissions, or give another "
        + "--data-dir")
  }
}
