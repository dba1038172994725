internal import CMicroHTTPD
internal import Glibc
internal import MusterThreading

/// Notices that the clients of suspended connections go away, which the HTTP library does not look for.
final class HangUpWatcher: Sendable {
  /// One socket that is watched.
  struct Watch: Sendable {
    fileprivate let token: UInt64
    fileprivate let socket: Int32
  }

  private struct State {
    var bodies: [UInt64: @Sendable () -> Void] = [:]
    var next: UInt64 = 1
  }

  private let poll: Int32
  private let wake: Int32
  private let state: Locked<State>
  private let thread: Locked<WorkerThread?>
  private let log: @Sendable (String) -> Void

  /// Starts the thread that waits.
  init(log: @escaping @Sendable (String) -> Void) throws(HTTPServerError) {
    let poll = hangups_open()
    let wake = hangups_wake_open()
    self.poll = poll
    self.wake = wake
    self.log = log
    state = Locked(State())
    thread = Locked<WorkerThread?>(nil)
    guard poll >= 0, wake >= 0, hangups_add_wake(poll, wake) == 0 else {
      throw HTTPServerError(.system, "can't make an epoll set: \(systemMessage(errno))")
    }
    do throws(ThreadingError) {
      let started = try WorkerThread(name: "hang-ups") { [weak self] in
        while HangUpWatcher.wait(poll, { self?.report($0) }) {}
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

  /// Calls `body` once, on the watcher's thread, if the client at the socket hangs up before `remove`.
  ///
  /// - Returns: nil if the system refuses; the hang-up is then noticed only when the answer is sent.
  func add(socket: Int32, _ body: @escaping @Sendable () -> Void) -> Watch? {
    let token = state.withLock { state in
      let token = state.next
      state.next += 1
      state.bodies[token] = body
      return token
    }
    guard hangups_add(poll, socket, token) == 0 else {
      log("can't watch a parked connection for a hang-up: \(systemMessage(errno))")
      _ = state.withLock { $0.bodies.removeValue(forKey: token) }
      return nil
    }
    return Watch(token: token, socket: socket)
  }

  /// Ends the watch; the socket must still be open.
  func remove(_ watch: Watch) {
    _ = state.withLock { $0.bodies.removeValue(forKey: watch.token) }
    _ = hangups_remove(poll, watch.socket)
  }

  /// Ends the thread; nothing is reported afterwards.
  func stop() {
    guard let running = thread.withLock({ $0.take() }) else { return }
    _ = hangups_wake(wake)
    running.join()
  }

  private func report(_ token: UInt64) {
    state.withLock { $0.bodies.removeValue(forKey: token) }?()
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
