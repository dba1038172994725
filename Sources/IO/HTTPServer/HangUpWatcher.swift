internal import CMicroHTTPD
internal import Glibc
internal import MusterThreading

/// Notices that the clients of suspended connections go away, which the HTTP library does not look for.
final class HangUpWatcher: Sendable {
  private let poll: Int32
  private let wake: Int32
  private let thread: Locked<WorkerThread?>
  private let log: @Sendable (String) -> Void

  /// Starts the thread that waits.
  ///
  /// - Parameters:
  ///   - report: is called on that thread with the token of a socket whose client has hung up.
  ///   - log: gets what the system refuses.
  /// - Throws: `HTTPServerError` if the system has no epoll set or no thread left.
  init(
    report: @escaping @Sendable (UInt64) -> Void, log: @escaping @Sendable (String) -> Void
  ) throws(HTTPServerError) {
    let poll = hangups_open()
    let wake = hangups_wake_open()
    self.poll = poll
    self.wake = wake
    self.log = log
    thread = Locked<WorkerThread?>(nil)
    guard poll >= 0, wake >= 0, hangups_add_wake(poll, wake) == 0 else {
      throw HTTPServerError(.system, "can't make an epoll set: \(systemMessage(errno))")
    }
    do throws(ThreadingError) {
      let started = try WorkerThread(name: "hang-ups") {
        while HangUpWatcher.wait(poll, report) {}
      }
      thread.withLock { $0 = started }
    } catch {
      throw HTTPServerError(.system, error.message)
    }
  }

  deinit {
    stop()
    if poll >= 0 { close(poll) }
    if wake >= 0 { close(wake) }
  }

  /// Reports the token, any number but 0, once if the client at the socket hangs up or has done so, until the socket is
  /// closed.
  ///
  /// - Returns: false if the system refuses.
  func add(socket: Int32, token: UInt64) -> Bool {
    isDone(hangups_add(poll, socket, token))
  }

  /// Makes a socket that was added, and has been reported, be reported once more.
  ///
  /// - Returns: false if the system refuses.
  func rearm(socket: Int32, token: UInt64) -> Bool {
    isDone(hangups_rearm(poll, socket, token))
  }

  /// Ends the thread; nothing is reported afterwards.
  func stop() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    _ = hangups_wake(wake)
    running.join()
  }

  private func isDone(_ result: Int32) -> Bool {
    guard result != 0 else { return true }
    log("can't watch a parked connection for a hang-up: \(systemMessage(errno))")
    return false
  }

  /// Waits for events and hands out their tokens; false when it is time to end.
  private static func wait(_ poll: Int32, _ body: (UInt64) -> Void) -> Bool {
    var tokens = [UInt64](repeating: 0, count: 64)
    let count = unsafe hangups_wait(poll, &tokens, Int32(tokens.count))
    guard count >= 0 else { return errno == EINTR }
    for token in tokens.prefix(Int(count)) {
      guard token != 0 else { return false }
      body(token)
    }
    return true
  }
}

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String {
  unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
}
