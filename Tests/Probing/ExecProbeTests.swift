import Glibc
import Testing

@testable import MusterProbing

@Suite("A probe that runs a command")
struct ExecProbeTests {
  private let allowed = ProbeSettings(allowsCommands: true)

  private func shell(_ script: String, timeout: Duration = .seconds(20)) throws -> ProbeReading {
    try read(.exec(ExecProbe(arguments: ["/bin/sh", "-c", script])), timeout: timeout, settings: allowed)
  }

  @Test(
    "takes the exit code for a verdict",
    arguments: [
      (0, ProbeReading.Verdict.passing), (1, .warning), (2, .critical), (127, .critical), (255, .critical),
    ])
  func exitCode(_ code: Int, _ verdict: ProbeReading.Verdict) throws {
    let reading = try shell("echo out; echo err >&2; exit \(code)")
    #expect(reading == ProbeReading(verdict, "exec /bin/sh: exit code \(code)", detail: "out\nerr\n"))
  }

  @Test("is critical when a signal ended the command")
  func signal() throws {
    #expect(try shell("kill -9 $$") == ProbeReading(.critical, "exec /bin/sh: ended by signal 9"))
  }

  @Test("is killed at its timeout with all that it has started, and shows what was printed until then")
  func timeout() throws {
    let reading = try shell("echo $$; sleep 60 & sleep 60; echo unseen", timeout: .milliseconds(300))
    #expect(reading.verdict == .critical)
    #expect(reading.summary == "exec /bin/sh: killed after 300ms")
    let group = try #require(pid_t(reading.detail.split(separator: "\n").first ?? ""))
    #expect(isGone(group))
  }

  @Test("does not wait for what the command leaves running, and ends it")
  func leftovers() throws {
    let reading = try shell("echo $$; sleep 60 & exit 0")
    #expect(reading.verdict == .passing)
    let group = try #require(pid_t(reading.detail.split(separator: "\n").first ?? ""))
    #expect(isGone(group))
  }

  @Test("keeps 4 KB of much output")
  func longOutput() throws {
    let reading = try shell("head -c 100000 /dev/zero | tr '\\0' x; exit 1")
    #expect(reading.verdict == .warning)
    #expect(reading.detail == String(repeating: "x", count: 4_096))
  }

  @Test("is killed when it floods")
  func flood() throws {
    let reading = try shell("exec yes")
    #expect(reading.summary == "exec /bin/sh: killed, since it printed more than 1048576 bytes")
  }

  @Test("shows output that is no text")
  func binary() throws {
    #expect(try shell("printf '\\377\\376'").detail == "\u{FFFD}\u{FFFD}")
    #expect(try shell("head -c 4096 /dev/zero | tr '\\0' '\\377'").output.utf8.count <= 4_096)
  }

  @Test("gets no input, no open files and no blocked signals")
  func isolation() throws {
    let file = unsafe open("/dev/null", O_RDONLY)
    defer { close(file) }
    let reading = try shell("cat; ls /proc/self/fd | wc -l; grep SigBlk /proc/self/status")
    // Input, two outputs, and the folder that `ls` looks into.
    #expect(reading.detail.split(whereSeparator: \.isWhitespace) == ["4", "SigBlk:", "0000000000000000"])
  }

  @Test(
    "of a command that can't be started is critical",
    arguments: [[], [""], ["/nowhere/at/all"], ["/etc/passwd"], ["true\0false"]])
  func unstartable(_ arguments: [String]) throws {
    #expect(try read(.exec(ExecProbe(arguments: arguments)), settings: allowed).verdict == .critical)
  }

  @Test("is off unless it was switched on")
  func off() throws {
    let reading = try read(.exec(ExecProbe(arguments: ["true"])))
    #expect(reading == ProbeReading(.critical, "exec true: checks that run commands are off (--enable-exec-checks)"))
  }

  /// Whether no process of the group is left; one that was killed takes a moment to go.
  private func isGone(_ group: pid_t) -> Bool {
    for _ in 0..<2_000 {
      if kill(-group, 0) != 0 { return true }
      usleep(5_000)
    }
    return false
  }
}
