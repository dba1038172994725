internal import Glibc
internal import MusterProcess
internal import Synchronization

/// The processes that this one has started and that still run, so that none is left behind.
public enum Children {
  private struct State {
    var running: Set<pid_t> = []
    var isEnding = false
  }
  private static let state = Mutex(State())

  /// Kills them all, waits until they are gone, and lets no other be started; call it when this process has to end at once.
  public static func killAll() {
    state.withLock { state in
      state.isEnding = true
      for child in state.running {
        kill(child, SIGKILL)
        _ = waitpid(child, nil, 0)
      }
    }
  }

  /// Never returns once `killAll` was called: what fails after it fails for that reason, and the process is about to end.
  public static func stayIfEnding() {
    while state.withLock({ $0.isEnding }) { pause() }
  }

  /// Starts one under the lock, so that `killAll` can't miss it.
  static func start(_ launch: Launch) throws(LoadError) -> pid_t {
    let child = state.withLock { state -> Result<pid_t, LoadError> in
      guard !state.isEnding else { return .failure(LoadError(.process, "nothing is started any more")) }
      do throws(ProcessError) {
        let child = try launch.start()
        state.running.insert(child)
        return .success(child)
      } catch {
        return .failure(LoadError(.process, error.message))
      }
    }
    return try child.get()
  }

  /// Kills one and waits until it is gone. Its number may belong to another process afterwards.
  static func end(_ child: pid_t, signal: Int32) {
    state.withLock { state in
      guard state.running.contains(child) else { return }
      kill(child, signal)
    }
    // Outside the lock: a child that ends in order may take a while.
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    _ = state.withLock { $0.running.remove(child) }
  }
}
