import Glibc
import MusterLoad
import MusterProcess
import MusterTestSupport

/// Debian's Redis on a free port, without anything from or to disk. It is killed when the object is let go of.
final class RedisServer {
  let port: UInt16
  let folder: TemporaryFolder
  private let options: [String]
  private var program: Program?

  init(_ options: [String] = []) throws {
    folder = try TemporaryFolder(prefix: "muster-redis")
    port = try FreePort.next()
    self.options = options
    try start()
  }

  deinit { kill() }

  var socketPath: String { "\(folder.path)/redis.sock" }

  /// Starts it and waits until it answers, if only that it wants a password.
  func start() throws {
    let place = ["--port", "\(port)", "--bind", "127.0.0.1", "--unixsocket", socketPath, "--dir", folder.path]
    let files = ["--save", "", "--appendonly", "no", "--logfile", "\(folder.path)/log"]
    program = try Program(["redis-server"] + place + files + options)
    try Waiting.until("Redis answers") { () throws(LoadError) in
      let answer = (try? command("PING")) ?? ""
      return answer.hasPrefix("+PONG") || answer.hasPrefix("-NOAUTH")
    }
  }

  /// Ends it as a crash would.
  func kill() {
    guard let program else { return }
    program.send(SIGKILL)
    while case .stopped = program.wait() {}
    self.program = nil
  }

  /// Has it stand still, connections included.
  func pause() { program?.send(SIGSTOP) }

  /// Sends a command as a person would type it.
  @discardableResult
  func command(_ line: String) throws -> String {
    let connection = try RawConnection(port: port)
    connection.send(line + "\r\n")
    return String(decoding: connection.read() ?? [], as: UTF8.self)
  }
}
