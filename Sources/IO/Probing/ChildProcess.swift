internal import CProcess
internal import Glibc

/// A command that runs in a process group of its own, with its output on a pipe.
@safe final class ChildProcess {
  /// The end of the pipe that its output comes from.
  let output: Int32
  /// Becomes readable when the process has ended.
  let end: Int32

  private let process: pid_t
  private var isReaped = false

  /// Starts a command: no input, both outputs on one pipe, no other open files, no signal blocked or ignored.
  init(_ arguments: [String]) throws(ProbeSetupError) {
    guard let program = arguments.first, !program.isEmpty, !arguments.contains(where: { $0.utf8.contains(0) }) else {
      throw ProbeSetupError("there is no command that could be run")
    }
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw ProbeSetupError("no pipe: \(TransferAnswer.describe(errno))") }
    for file in ends { _ = fcntl(file, F_SETFD, FD_CLOEXEC) }
    var process: pid_t = 0
    let result = Self.spawn(&process, program, arguments, output: ends[1])
    close(ends[1])
    guard result == 0 else {
      close(ends[0])
      throw ProbeSetupError("can't be started: \(TransferAnswer.describe(result))")
    }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    end = pidfd_open(process, 0)
    output = ends[0]
    self.process = process
    guard end >= 0 else {
      let reason = TransferAnswer.describe(errno)
      close(output)
      kill()
      _ = wait(blocking: true)
      throw ProbeSetupError("can't be watched: \(reason)")
    }
  }

  deinit {
    guard end >= 0 else { return }
    kill()
    if !isReaped { _ = wait(blocking: true) }
    close(output)
    close(end)
  }

  /// Kills it and all that it has started, unless that left the group.
  func kill() { _ = Glibc.kill(-process, SIGKILL) }

  /// How it has ended; nil while it runs.
  func wait(blocking: Bool = false) -> ExecProbe.End? {
    var status: Int32 = 0
    var result: pid_t
    repeat { result = unsafe waitpid(process, &status, blocking ? 0 : WNOHANG) } while result < 0 && errno == EINTR
    guard result == process else { return result < 0 ? .signal(0) : nil }
    isReaped = true
    return muster_has_exited(status) != 0
      ? .exit(muster_exit_code(status)) : .signal(muster_end_signal(status))
  }

  private static func spawn(
    _ process: inout pid_t, _ program: String, _ arguments: [String], output: Int32
  ) -> Int32 {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 2)
    unsafe muster_close_from(&actions, 3)
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
    defer { for unsafe word in unsafe words { unsafe free(word) } }
    unsafe words.append(nil)
    return unsafe posix_spawnp(&process, program, &actions, &attributes, &words, environ)
  }
}
