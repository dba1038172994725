internal import CMicroHTTPD
internal import Glibc

/// A daemon of the library, which serves when it is told to; only touched by one thread at a time.
@safe struct Daemon: @unchecked Sendable {
  private let pointer: OpaquePointer

  /// Starts it.
  ///
  /// - Parameters:
  ///   - socket: listens; the library closes it in the end, and mostly when it can't start.
  ///   - connections: how many may be open.
  ///   - worker: owns it; held by the caller until it was stopped.
  /// - Throws: `HTTPServerError` if the library refuses.
  init(socket: Int32, connections: Int, _ worker: Worker) throws(HTTPServerError) {
    let limits = worker.core.limits
    var settings = unsafe http_daemon_settings()
    unsafe settings.listen_socket = socket
    unsafe settings.connections = UInt32(clamping: connections)
    unsafe settings.idle_seconds = limits.idleSeconds
    unsafe settings.connection_memory = limits.maxHeaderBytes
    unsafe settings.context = Unmanaged.passUnretained(worker.core).toOpaque()
    unsafe settings.connection_context = Unmanaged.passUnretained(worker).toOpaque()
    unsafe settings.accept = acceptConnection
    unsafe settings.handle = advance
    unsafe settings.completed = requestCompleted
    unsafe settings.connection_changed = connectionChanged
    unsafe settings.target = targetArrived
    unsafe settings.log = logMessage
    guard let pointer = unsafe http_daemon_start(&settings) else {
      throw HTTPServerError(.system, "the HTTP library could not start; see the log")
    }
    unsafe self.pointer = pointer
  }

  /// A file that can be read when there is something to do.
  var events: Int32 { unsafe http_daemon_events(pointer) }

  /// Milliseconds until there is something to do at the latest; -1 for never.
  var patience: Int32 {
    var milliseconds: CUnsignedLongLong = 0
    guard unsafe MHD_get_timeout(pointer, &milliseconds) == .YES else { return -1 }
    return Int32(clamping: milliseconds)
  }

  /// Does all that there is to do, without waiting.
  func run() {
    // It only fails once stopped, or says why in the log.
    _ = unsafe MHD_run(pointer)
  }

  /// Closes all connections; the last use.
  func stop() {
    unsafe MHD_stop_daemon(pointer)
  }
}
