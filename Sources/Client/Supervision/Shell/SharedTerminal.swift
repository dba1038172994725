internal import Glibc
internal import MusterProcess

/// The terminal on standard input, where there is one, which this process lends to the program.
///
/// The program leads a group of its own, so that Ctrl-C reaches this process alone, which takes the service out before it
/// ends the program. The other side of it is that a program may only read from the terminal once it was lent to it:
/// that is done when it tries. Whoever changes it from behind needs SIGTTOU held.
enum SharedTerminal {
  /// Takes care of a program that was stopped, where the terminal is the reason.
  static func attend(to program: Program, stoppedBy signal: Int32) {
    switch signal {
    case SIGTTIN, SIGTTOU:
      if owner == getpgrp() { lend(to: program) }
    case SIGTSTP where owner == program.id:
      // Ctrl-Z: whoever started this process gets the terminal, and wakes it up again.
      takeBack(from: program)
      kill(getpid(), SIGSTOP)
      if owner == getpgrp() { lend(to: program) } else { program.sendToGroup(SIGCONT) }
    default: break
    }
  }

  /// Goes on after SIGCONT: a program that waits for the terminal may have it if it has come to the foreground.
  static func resume(_ program: Program) {
    if owner == getpgrp() { program.sendToGroup(SIGCONT) }
  }

  /// Takes the terminal from a program, which may have ended.
  static func takeBack(from program: Program) {
    if owner == program.id { tcsetpgrp(STDIN_FILENO, getpgrp()) }
  }

  /// The group in the foreground; -1 without a terminal.
  private static var owner: Int32 { tcgetpgrp(STDIN_FILENO) }

  private static func lend(to program: Program) {
    tcsetpgrp(STDIN_FILENO, program.id)
    program.sendToGroup(SIGCONT)
  }
}
