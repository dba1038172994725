internal import Glibc
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
    guard let program = command.first else { throw LoadError(.process, "there is no command to start") }
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
      let child = Children.start { Self.spawn(command, output: pipe[1], log: log) }
      let failure = LoadError.last(.process, "can't start \(program)")
      try own.bindThisThread()
      guard let child else { throw failure }
      id = child
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

  private static func spawn(_ command: [String], output: Int32, log: String) -> pid_t? {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0, unsafe posix_spawnattr_init(&attributes) == 0 else {
      return nil
    }
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    // This process may hold signals back; a child must not.
    var none = sigset_t()
    var defaults = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)

    var words = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    guard let program = unsafe words[0] else { return nil }
    var child: pid_t = 0
    let result = unsafe posix_spawnp(&child, program, &actions, &attributes, &words, environ)
    errno = result
    return result == 0 ? child : nil
  }
}
