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

  /// Keeps the signals from interrupting anything, from now on and in every thread started later.
  ///
  /// Call it before any thread is started. A broken pipe is reported by the write that meets it.
  public static func hold() {
    var set = watched
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    _ = signal(SIGPIPE, SIG_IGN)
  }

  /// Blocks until one of the signals comes; `hold` must have been called.
  public static func wait() -> Request {
    var set = watched
    var number: Int32 = 0
    while unsafe sigwait(&set, &number) != 0 {}
    return number == SIGHUP ? .reload : .end
  }

  private static var watched: sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, number) }
    return set
  }
}
