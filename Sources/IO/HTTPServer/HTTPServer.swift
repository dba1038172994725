internal import MusterThreading
internal import Synchronization

/// An HTTP/1.1 server: keep-alive, pipelining, requests that are answered later, and streams.
///
/// It serves from the moment it is made until `stop()`, or until it is let go of.
public final class HTTPServer: Sendable {
  /// How long answers that are on their way get at `stop()`.
  private static let grace = Duration.seconds(2)

  /// Where the server listens; the port is the one that the system chose if 0 was asked for.
  public let address: (host: String, port: UInt16)

  private let core: ServerCore
  /// None once it is stopped.
  private let threads: Locked<[ServingThread]>

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
    defer { listener.close() }
    self.core = core
    address = (listener.host, listener.port)
    threads = Locked(try Self.start(configuration, listener, core))
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
    threads.withLock { threads in
      guard !threads.isEmpty else { return }
      core.drain(until: .now + Self.grace)
      for thread in threads { thread.stop() }
      core.watcher.stop()
      threads = []
    }
  }

  private static func start(
    _ configuration: HTTPServerConfiguration, _ listener: ListenSocket, _ core: ServerCore
  ) throws(HTTPServerError) -> [ServingThread] {
    var threads: [ServingThread] = []
    do throws(HTTPServerError) {
      for number in 0..<configuration.threads {
        let (share, rest) = configuration.limits.maxConnections.quotientAndRemainder(dividingBy: configuration.threads)
        threads.append(
          try ServingThread(core, listener, connections: share + (number < rest ? 1 : 0)))
      }
    } catch {
      for thread in threads { thread.stop() }
      throw error
    }
    return threads
  }
}
