internal import Glibc
internal import MusterProcess
internal import Synchronization

/// A server that runs beside this process while it is measured.
///
/// It is killed when the object is let go of.
public final class ChildProcess: Sendable {
  /// Its number.
  public let id: Int32
  /// When it was started, by `MonotonicClock`.
  public let started: UInt64
  private let output: Int32
  private let isEnded = Mutex(false)

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - command: The program, looked up in PATH unless it has a slash, and its arguments.
  ///   - processor: The only processor it may use.
  ///   - log: A file that gets what it writes to standard error.
  /// - Throws: `LoadError` when it can't be started.
  public init(_ command: [String], processor: Int, log: String) throws(LoadError) {
    var pipe: [Int32] = [-1, -1]
    guard unsafe Glibc.pipe(&pipe) == 0 else { throw LoadError.last(.system, "can't make a pipe") }
    _ = fcntl(pipe[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(pipe[1], F_SETFD, FD_CLOEXEC)
    defer { close(pipe[1]) }
    do throws(LoadError) {
      // A child inherits the processors of the thread that starts it.
      let own = try Processors()
      try Processors(only: processor).bindThisThread()
      started = MonotonicClock.nanoseconds
      let child = Result { () throws(LoadError) in
        try Children.start(Launch(command, output: pipe[1], errorLog: log))
      }
      try own.bindThisThread()
      id = try child.get()
    } catch {
      close(pipe[0])
      throw error
    }
    output = pipe[0]
  }

  deinit {
    end()
    close(output)
  }

  /// Ends it at once, as a crash would; a second call does nothing.
  public func end() {
    isEnded.withLock { isEnded in
      if !isEnded { Children.end(id, signal: SIGKILL) }
      isEnded = true
    }
  }

  /// Waits for a line on its standard output that has a text in it.
  ///
  /// - Returns: The line, without its end.
  /// - Throws: `LoadError` when it ends or is silent for `seconds`.
  public func line(with text: String, within seconds: Int = 60) throws(LoadError) -> String {
    var line: [UInt8] = []
    while true {
      var event = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard unsafe poll(&event, 1, Int32(clamping: seconds * 1_000)) > 0 else {
        throw LoadError(.timeout, "a server was not ready within \(seconds) s")
      }
      var byte: UInt8 = 0
      guard unsafe read(output, &byte, 1) == 1 else {
        throw LoadError(.process, "a server ended before it was ready")
      }
      guard byte == UInt8(ascii: "\n") || line.count > 4_096 else {
        line.append(byte)
        continue
      }
      let found = String(decoding: line, as: UTF8.self)
      if found.contains(text) { return found }
      line.removeAll()
    }
  }
}
