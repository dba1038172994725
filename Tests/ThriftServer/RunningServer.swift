import MusterTestSupport
import MusterThrift
import MusterThriftServer

/// A running server for a test, and connections to it.
struct RunningServer {
  let server: ThriftServer
  let log: Inbox<String>

  /// Runs a server while `body` does.
  static func with(
    _ handler: (any ThriftHandling)? = SpokenHandler(), services: [String: any ThriftHandling] = [:],
    settings: ThriftServerSettings = ThriftServerSettings(), _ body: (RunningServer) async throws -> Void
  ) async throws {
    let log = Inbox<String>()
    let server = try ThriftServer(handler, services: services, settings: settings) { log.add($0) }
    try await OwnThread.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: globalConcurrentExecutor) { await server.run() }
        try await body(RunningServer(server: server, log: log))
        group.cancelAll()
      }
    }
  }

  func connect() throws -> RawConnection { try RawConnection(port: server.port, patience: .seconds(20)) }

  /// Whether a new connection is served.
  func answers() throws -> Bool {
    let speech = SpokenThrift(ThriftDialect(.binary, .framed))
    let connection = try connect()
    connection.send(try speech.call("echo", "still there"))
    return try speech.read(1, from: connection).first?.body(shapes: nil)[0] == .string("still there")
  }
}
