internal import MusterThreading

/// A thread that serves some of a server's connections.
final class ServingThread: Sendable {
  private let worker: Worker
  private let daemon: Daemon
  private let thread: WorkerThread

  /// Starts it.
  ///
  /// - Parameters:
  ///   - core: what it shares with others.
  ///   - listener: where it accepts connections; it gets a copy.
  ///   - connections: how many may be open.
  /// - Throws: `HTTPServerError` if the library or the system refuses.
  init(_ core: ServerCore, _ listener: ListenSocket, connections: Int) throws(HTTPServerError) {
    let worker = try Worker(core)
    let daemon = try Daemon(socket: try listener.copy(), connections: connections, worker)
    do throws(ThreadingError) {
      thread = try WorkerThread(name: "http") { worker.run(daemon) }
    } catch {
      daemon.stop()
      throw HTTPServerError(.system, error.message)
    }
    self.worker = worker
    self.daemon = daemon
  }

  /// Whether it is the calling thread.
  var isCurrent: Bool { thread.isCurrent }

  /// Ends it and closes its connections; to be called once.
  func stop() {
    worker.stop()
    thread.join()
    daemon.stop()
  }
}
