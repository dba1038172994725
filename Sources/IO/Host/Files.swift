internal import Glibc

/// What the system said no to.
public struct HostError: Error, Sendable, CustomStringConvertible {
  /// A sentence for a person.
  public let message: String

  /// The message.
  public var description: String { message }
}

extension Host {
  /// The whole content of a file of at most `limit` bytes.
  ///
  /// - Throws: `HostError` when it can't be read, or is longer.
  public static func contents(ofFile path: String, limit: Int) throws(HostError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw lastError("can't read \(path)") }
    defer { close(file) }
    var contents: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe read(file, &buffer, buffer.count)
      guard count >= 0 else { throw lastError("can't read \(path)") }
      if count == 0 { return contents }
      contents += buffer[..<count]
      guard contents.count <= limit else {
        throw HostError(message: "\(path) is too large: at most \(limit) bytes are read")
      }
    }
  }

  /// Writes to standard error in one go, so that lines of several threads stay apart.
  ///
  /// Failing is not reported: there is nowhere left to report it.
  public static func writeToStandardError(_ bytes: [UInt8]) {
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
  }

  private static func lastError(_ action: String) -> HostError {
    HostError(message: "\(action): \(unsafe String(cString: strerror(errno)))")
  }
}
