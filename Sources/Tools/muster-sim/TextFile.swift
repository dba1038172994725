internal import Glibc
internal import MusterCommandLine

/// A file that a person asked for.
enum TextFile {
  /// Writes it anew.
  static func write(_ text: String, to path: String) throws(CommandError) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw lastError(path) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes[start...].withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw lastError(path) }
      start += count
    }
  }

  private static func lastError(_ path: String) -> CommandError {
    CommandError(.failed, "can't write \(path): \(unsafe String(cString: strerror(errno)))")
  }
}
