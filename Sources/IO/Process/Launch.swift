internal import Glibc

/// How a program is to be started.
public struct Launch: Sendable {
  /// The program, looked up in PATH unless it has a slash, and its arguments.
  public var command: [String]
  /// A descriptor to be its standard output; nil leaves it that of this process.
  public var output: Int32?
  /// A file that gets what it writes to standard error; nil leaves that to this process's.
  public var errorLog: String?
  /// Whether it leads a process group of its own, which the terminal's signals do not reach. False by default.
  public var leadsGroup = false
  /// The descriptors it inherits beside the standard streams; nil for all that are not closed on exec.
  public var inherited: Descriptors?

  /// Describes a start with all streams passed through.
  public init(_ command: [String], output: Int32? = nil, errorLog: String? = nil, leadsGroup: Bool = false) {
    self.command = command
    self.output = output
    self.errorLog = errorLog
    self.leadsGroup = leadsGroup
  }

  /// Starts the program with this process's environment and folder, no signal held back and SIGPIPE as usual.
  ///
  /// - Returns: Its number. Whoever starts it has to wait for it.
  /// - Throws: `ProcessError` when it can't be started.
  public func start() throws(ProcessError) -> Int32 {
    guard let program = command.first else { throw ProcessError(.notFound, "there is no program to start") }
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard unsafe posix_spawn_file_actions_init(&actions) == 0, unsafe posix_spawnattr_init(&attributes) == 0 else {
      throw ProcessError(errorNumber: ENOMEM, starting: program)
    }
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    setSignals(of: &attributes)
    if let output { unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    if let errorLog {
      unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorLog, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }

    if let inherited { unsafe Self.closeOthers(than: inherited, &actions) }

    var words = unsafe command.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let result = unsafe posix_spawnp(&child, program, &actions, &attributes, &words, environ)
    guard result == 0 else { throw ProcessError(errorNumber: result, starting: program) }
    return child
  }

  /// By number, since other threads may open some until the very moment of the start. Closing what is not open is no error.
  private static func closeOthers(than kept: Descriptors, _ actions: inout posix_spawn_file_actions_t) {
    for number in 3..<Descriptors.limit where !kept.open.contains(number) {
      unsafe posix_spawn_file_actions_addclose(&actions, number)
    }
  }

  /// This process may hold signals back; a child must not.
  private func setSignals(of attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var defaults = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
  }
}
