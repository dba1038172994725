internal import Glibc

/// A file that is open until this goes.
struct OpenFile: ~Copyable {
  let descriptor: Int32

  /// Opens a file; a new one is for its owner alone.
  init(_ path: String, _ flags: Int32) throws(JournalError) {
    let descriptor = unsafe open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let number = errno
      throw number == ENOSPC ? .full(path) : .notWritable(path, errno: number)
    }
    self.descriptor = descriptor
  }

  deinit {
    // Nothing is lost by an error here: what has to be durable was synced.
    _ = close(descriptor)
  }

  /// The file's first bytes, at most `count`; nil if they can't be read.
  func start(_ count: Int) -> ArraySlice<UInt8>? {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    return read < 0 ? nil : bytes.prefix(read)
  }
}
