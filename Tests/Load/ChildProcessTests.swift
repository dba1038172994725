internal import MusterLoad
internal import Testing

@Suite("A child process")
struct ChildProcessTests {
  private let processor: Int
  private let folder: TemporaryFolder

  init() throws {
    processor = try Processors().allowed[0]
    folder = try TemporaryFolder(prefix: "muster-load-tests")
  }

  private func start(_ script: String) throws -> ChildProcess {
    try ChildProcess(
      ["/bin/sh", "-c", script], processor: processor, log: "\(folder.path)/log")
  }

  @Test("tells the line that is waited for, and none before it")
  func line() throws {
    let child = try start("echo one; echo two ready; exec sleep 60")
    #expect(try child.line(with: "ready") == "two ready")
    #expect(try child.residentBytes() > 0)
  }

  @Test("is bound to its processor")
  func binding() throws {
    let child = try start("grep Cpus_allowed_list /proc/self/status; exec sleep 60")
    let line = try child.line(with: "Cpus_allowed_list")
    #expect(line.split(whereSeparator: \.isWhitespace).last == "\(processor)")
  }

  @Test("that ends before it is ready is an error")
  func early() throws {
    let child = try start("echo not yet")
    #expect(throws: LoadError.self) { try child.line(with: "ready") }
  }

  @Test("that can't be started is an error with its name")
  func missing() throws {
    do throws(LoadError) {
      _ = try ChildProcess(
        ["/no/such/program"], processor: processor, log: "\(folder.path)/log")
      Issue.record("a program that is not there was started")
    } catch {
      #expect(error.code == .process)
      #expect(error.message.contains("/no/such/program"))
    }
  }
}
