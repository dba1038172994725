internal import Glibc
internal import MusterProcess
internal import Testing

@Suite("A program that was started")
struct ProgramTests {
  @Test(
    "ends with its code, or 128 and the signal's number",
    arguments: [
      ("exit 0", ProgramEnd.exited(0), Int32(0)), ("exit 3", .exited(3), 3), ("exit 255", .exited(255), 255),
      ("kill -TERM $$", .killed(signal: SIGTERM), 143), ("kill -KILL $$", .killed(signal: SIGKILL), 137),
      ("kill -ABRT $$", .killed(signal: SIGABRT), 134),
    ])
  func status(script: String, status: ProgramEnd, code: Int32) throws {
    let program = try Program(["sh", "-c", script])
    #expect(program.wait() == .ended(status))
    #expect(status.code == code)
  }

  @Test("gets the signals that are sent to it, and its group those of the group")
  func signals() throws {
    let program = try Program(["sleep", "60"])
    program.send(SIGTERM)
    #expect(program.wait() == .ended(.killed(signal: SIGTERM)))
    let group = try Program(["sh", "-c", "sleep 60; exit 1"])
    group.sendToGroup(SIGKILL)
    #expect(group.wait() == .ended(.killed(signal: SIGKILL)))
  }

  @Test("tells that it was stopped, and goes on after SIGCONT")
  func stopped() throws {
    let program = try Program(["sh", "-c", "kill -STOP $$; exit 4"])
    #expect(program.wait() == .stopped(signal: SIGSTOP))
    program.send(SIGCONT)
    #expect(program.wait() == .ended(.exited(4)))
  }

  @Test("is not sent anything once its end was seen: its number may be another's")
  func late() throws {
    let program = try Program(["true"])
    #expect(program.wait() == .ended(.exited(0)))
    program.send(SIGKILL)
    program.sendToGroup(SIGKILL)
  }

  @Test("leads a group of its own")
  func group() throws {
    let script = "[ \"$(ps -o pgid= -p $$ | tr -d ' ')\" = $$ ]"
    #expect(try Program(["sh", "-c", script]).wait() == .ended(.exited(0)))
  }

  @Test("has its signals as usual, although this process holds them back", arguments: [SIGUSR1, SIGPIPE])
  func usual(signal: Int32) throws {
    var held = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&held)
    unsafe sigaddset(&held, signal)
    unsafe pthread_sigmask(SIG_BLOCK, &held, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    if signal == SIGPIPE { _ = Glibc.signal(SIGPIPE, SIG_IGN) }
    #expect(try Program(["sh", "-c", "kill -\(signal) $$"]).wait() == .ended(.killed(signal: signal)))
  }

  @Test("gets the descriptors that were open when it was said, and none of those opened later")
  func descriptors() throws {
    let early = dup(STDIN_FILENO)
    let inherited = Descriptors.openNow()
    let late = dup(STDIN_FILENO)
    defer {
      close(early)
      close(late)
    }
    let script = "[ -e /proc/$$/fd/\(early) ] && [ ! -e /proc/$$/fd/\(late) ]"
    #expect(try Program(["sh", "-c", script], inherited: inherited).wait() == .ended(.exited(0)))
    #expect(try Program(["sh", "-c", script]).wait() == .ended(.exited(1)))
  }

  @Test(
    "that can't be started is an error that shells know",
    arguments: [
      (["no-such-program"], ProcessError.Code.notFound, Int32(127), "there is no program 'no-such-program' in PATH"),
      (["/no/such/program"], .notFound, 127, "there is no program '/no/such/program'"),
      (["/etc/passwd"], .notExecutable, 126, "'/etc/passwd' can't be run: Permission denied"),
      ([], .notFound, 127, "there is no program to start"),
    ])
  func missing(command: [String], code: ProcessError.Code, exitStatus: Int32, message: String) {
    do throws(ProcessError) {
      _ = try Program(command)
      Issue.record("it was started")
    } catch {
      #expect(error.code == code)
      #expect(error.code.exitStatus == exitStatus)
      #expect(error.message == message)
    }
  }
}
