internal import Glibc
internal import MusterThreading

/// A program that this process has started, in a process group of its own.
///
/// Letting go of the object leaves the program alone. Signals never reach another process that got its number: they are
/// only sent until its end was seen.
public final class Program: Sendable {
  /// Something that happened to it.
  public enum Change: Hashable, Sendable {
    /// It ended; nothing more will happen.
    case ended(ProgramEnd)
    /// A signal stopped it, until SIGCONT.
    case stopped(signal: Int32)
  }

  /// Its number, and that of its group.
  public let id: Int32
  private let isEnded = Locked(false)

  /// Starts it with this process's standard streams.
  ///
  /// - Parameters:
  ///   - command: The program, looked up in PATH unless it has a slash, and its arguments.
  ///   - inherited: The descriptors it gets beside the standard streams; nil for all that are not closed on exec.
  /// - Throws: `ProcessError` when it can't be started.
  public init(_ command: [String], inherited: Descriptors? = nil) throws(ProcessError) {
    // Where it was ignored by whoever started this process, the end of a program could not be seen.
    _ = signal(SIGCHLD, SIG_DFL)
    var launch = Launch(command, leadsGroup: true)
    launch.inherited = inherited
    id = try launch.start()
  }

  /// Blocks until something happens to it; one thread may wait, and not again after the end.
  public func wait() -> Change {
    while true {
      // Seen first and taken under the lock, so that its number is not free while a signal is sent.
      var information = unsafe siginfo_t()
      guard unsafe waitid(P_PID, id_t(id), &information, WEXITED | WSTOPPED | WNOWAIT) == 0 || errno == EINTR else {
        return .ended(.exited(1))
      }
      if let change = isEnded.withLock({ take(&$0) }) { return change }
    }
  }

  private func take(_ isEnded: inout Bool) -> Change? {
    var status: Int32 = 0
    guard unsafe waitpid(id, &status, WNOHANG | WUNTRACED) == id else { return nil }
    // The low byte of a program that is stopped is 0x7F, and the signal is above it.
    if status & 0xFF == 0x7F { return .stopped(signal: (status >> 8) & 0xFF) }
    isEnded = true
    return .ended(ProgramEnd(waitStatus: status))
  }

  /// Sends it a signal, unless it has ended.
  public func send(_ signal: Int32) {
    isEnded.withLock { isEnded in
      if !isEnded { kill(id, signal) }
    }
  }

  /// Sends a signal to it and to all of its group, unless it has ended.
  public func sendToGroup(_ signal: Int32) {
    isEnded.withLock { isEnded in
      if !isEnded { kill(-id, signal) }
    }
  }
}
