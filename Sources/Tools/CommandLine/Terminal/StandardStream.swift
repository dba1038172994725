internal import Glibc

/// Standard output and standard error, written at once and without a buffer of their own.
package struct StandardStream: Sendable {
  /// What programs read.
  package static let output = StandardStream(descriptor: STDOUT_FILENO)
  /// What people read.
  package static let error = StandardStream(descriptor: STDERR_FILENO)

  private let descriptor: Int32

  /// Makes a closed pipe an error of `write` instead of the end of the process.
  package static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  /// Writes all of a text.
  ///
  /// - Throws: ``CommandError/Code/outputClosed`` when the reader has gone, ``CommandError/Code/failed`` when it can't be
  ///   written for another reason, such as a full disk.
  package func write(_ text: String) throws(CommandError) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes[start...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        start += count
      } else if errno == EPIPE {
        throw CommandError(.outputClosed, "the reader of the output has gone")
      } else if errno != EINTR {
        throw CommandError(.failed, "the output can't be written: \(unsafe String(cString: strerror(errno)))")
      }
    }
  }

  /// Writes a line.
  package func print(_ line: String) throws(CommandError) {
    try write(line + "\n")
  }

  /// Blocks until the reader has gone, for as long as that takes; returns at once when the stream is closed.
  ///
  /// Files never say so, and a socket only once neither side writes.
  package func waitUntilReaderIsGone() {
    var entry = pollfd(fd: descriptor, events: 0, revents: 0)
    while unsafe poll(&entry, 1, -1) < 0, errno == EINTR {}
  }

  /// Tells a person something.
  ///
  /// Where even that can't be written, nobody is left to tell.
  package func note(_ line: String) {
    do throws(CommandError) { try print(line) } catch { return }
  }
}
