internal import Glibc

/// Signals as something to wait for, in place of handlers that interrupt whatever runs.
public enum Signals {
  /// What a signal asks a server to do.
  public enum Request: Sendable {
    /// SIGTERM or SIGINT: to end.
    case end
    /// SIGHUP: to read its configuration again.
    case reload
  }

  private static let ofServers = [SIGTERM, SIGINT, SIGHUP]

  /// Keeps a server's signals from interrupting anything, from now on and in every thread started later.
  ///
  /// Call it before any thread is started. A broken pipe is reported by the write that meets it.
  public static func hold() {
    hold(ofServers)
  }

  /// The same for signals of choice.
  public static func hold(_ numbers: [Int32]) {
    var set = set(numbers)
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Blocks until one of a server's signals comes; `hold` must have been called.
  public static func wait() -> Request {
    wait(for: ofServers) == SIGHUP ? .reload : .end
  }

  /// Blocks until one of these signals comes, which must be held, and returns its number.
  public static func wait(for numbers: [Int32]) -> Int32 {
    var set = set(numbers)
    var number: Int32 = 0
    while unsafe sigwait(&set, &number) != 0 {}
    return number
  }

  private static func set(_ numbers: [Int32]) -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    return set
  }
}
