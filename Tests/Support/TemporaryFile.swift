internal import Glibc

/// A file that is gone when this is.
public final class TemporaryFile {
  /// Where it is.
  public let path: String

  /// Writes a file with this content.
  ///
  /// - Throws: `SystemCallError` with the system's number when it can't be written.
  public init(_ content: [UInt8]) throws {
    path = "/tmp/muster-test-\(UInt64.random(in: .min ... .max))"
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemCallError(what: "open", number: errno) }
    defer { close(file) }
    guard unsafe write(file, content, content.count) == content.count else {
      throw SystemCallError(what: "write", number: errno)
    }
  }

  deinit { unsafe unlink(path) }
}
