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
  private let threads: [ServingThread]
  private let isRunning = Locked(true)

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
    threads = try Self.start(configuration, listener, core)
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
  /// reach their clients, and closes all connections. Called on one of its own threads, by a handler or as the last owner, it returns at
  /// once, and the server stops as soon as that thread is free.
  public func stop() {
    let stop = { @Sendable [core, threads, isRunning] in
      isRunning.withLock { isRunning in
        guard isRunning else { return }
        core.drain(until: .now + Self.grace)
        for thread in threads { thread.stop() }
        core.watcher.stop()
        isRunning = false
      }
    }
    guard threads.contains(where: \.isCurrent) else { return stop() }
    do throws(ThreadingError) {
      _ = try WorkerThread(name: "http-stop", stop)
    } catch {
      core.log.write("the server can't be stopped from its own thread: \(error.message)")
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
      listener.shutDown()
      core.drain(until: .now + grace)
      for thread in threads { thread.stop() }
      throw error
    }
    return threads
  }
}
