internal import CMicroHTTPD
internal import MusterThreading
internal import Synchronization

/// An HTTP/1.1 server: keep-alive, pipelining, requests that are answered later, and streams.
///
/// It serves from the moment it is made until `stop()`, or until it is let go of.
public final class HTTPServer: Sendable {
  /// The library's daemon; stopped once, under the lock.
  @safe private struct Daemon: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// How long answers that are on their way get at `stop()`.
  private static let grace = Duration.seconds(2)

  /// Where the server listens; the port is the one that the system chose if 0 was asked for.
  public let address: (host: String, port: UInt16)

  private let core: ServerCore
  private let daemon: Locked<Daemon?>

  /// Starts a server.
  ///
  /// The process' limit of open files is raised as far as the system allows.
  ///
  /// - Parameters:
  ///   - configuration: where it listens, and its limits.
  ///   - handler: answers the requests.
  ///   - log: gets messages about clients that break the protocol and about trouble with the system, each a line
  ///     without its end, from any thread; at most 20 in ten seconds.
  /// - Throws: `HTTPServerError` if a setting is wrong or the address can't be listened on.
  public init(
    configuration: HTTPServerConfiguration, handler: any HTTPHandler, log: @escaping @Sendable (String) -> Void
  ) throws(HTTPServerError) {
    try configuration.validate()
    try FileLimit.raise(for: configuration)
    let core = try ServerCore(handler: handler, limits: configuration.limits, log: log)
    let listener = try ListenSocket(host: configuration.host, port: configuration.port)
    // From here on the library closes the socket, also when it can't start.
    guard let pointer = unsafe Self.start(configuration, listener.socket, core) else {
      throw HTTPServerError(.system, "the HTTP library could not start its threads; see the log")
    }
    self.core = core
    address = (listener.host, listener.port)
    daemon = Locked(unsafe Daemon(pointer: pointer))
  }

  deinit {
    stop()
  }

  /// How many connections are open.
  public var connections: Int {
    core.connections.load(ordering: .relaxed)
  }

  /// Stops the server; when it returns nothing runs any more.
  ///
  /// A second call waits for the first.
  ///
  /// It stops accepting, answers parked requests with 503 and ends streams, gives running answers up to two seconds to
  /// reach their clients, and closes all connections. A handler must not call it: it would wait for itself.
  public func stop() {
    daemon.withLock { daemon in
      guard let running = daemon.take() else { return }
      // Not MHD_quiesce_daemon: it aborts the process when one of its threads is just about to notice the same.
      core.drain(until: .now + Self.grace)
      unsafe MHD_stop_daemon(running.pointer)
      core.watcher.stop()
    }
  }

  private static func start(
    _ configuration: HTTPServerConfiguration, _ socket: Int32, _ core: ServerCore
  ) -> OpaquePointer? {
    var settings = unsafe http_daemon_settings()
    unsafe settings.listen_socket = socket
    unsafe settings.threads = UInt32(clamping: configuration.threads)
    unsafe settings.connections = UInt32(clamping: configuration.limits.maxConnections)
    unsafe settings.connections_per_client = UInt32(clamping: configuration.limits.maxConnectionsPerClient)
    unsafe settings.idle_seconds = configuration.limits.idleSeconds
    unsafe settings.connection_memory = configuration.limits.maxHeaderBytes
    // Unretained: the server holds the core until the daemon has stopped.
    unsafe settings.context = Unmanaged.passUnretained(core).toOpaque()
    unsafe settings.accept = acceptConnection
    unsafe settings.handle = advance
    unsafe settings.completed = requestCompleted
    unsafe settings.connection_changed = connectionChanged
    unsafe settings.target = targetArrived
    unsafe settings.log = logMessage
    return unsafe http_daemon_start(&settings)
  }
}
