internal import MusterLoad

/// Starts servers that say where they listen.
enum ServerStart {
  /// Starts a server on the server's processor and waits until it says `ready: http://127.0.0.1:PORT`.
  static func start(_ command: [String], _ bench: Bench) throws(LoadError) -> (ChildProcess, UInt16) {
    let child = try ChildProcess(
      command, processor: bench.serverProcessor, log: "\(bench.folder.path)/servers.log")
    let announcement = "ready: http://127.0.0.1:"
    let line = try child.line(with: announcement)
    let digits = line.split(separator: announcement).last?.prefix { $0.isASCII && $0.isNumber }
    guard let digits, let port = UInt16(digits) else {
      throw LoadError(.process, "a server did not tell its port: \(line)")
    }
    return (child, port)
  }
}
