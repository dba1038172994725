internal import CCurl
internal import MusterEventPoll
internal import MusterTiming

/// The transfers that are under way: one multi handle of libcurl, which says what it waits for.
@safe final class TransferSet {
  private struct Running {
    let id: UInt64
    let handle: EasyHandle
    let probe: any TransferProbe
    let timeout: Duration
  }

  /// When libcurl wants to be called, whatever happens.
  private(set) var deadline: ContinuousClock.Instant?

  private let multi: UnsafeMutableRawPointer
  private let poll: EventPoll
  private let settings: ProbeSettings
  private var running: [UnsafeMutableRawPointer: Running] = unsafe [:]
  private var handles: [UInt64: UnsafeMutableRawPointer] = unsafe [:]

  /// libcurl asks for this once in a process, before anything else.
  private static let setup: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  init(_ poll: EventPoll, settings: ProbeSettings) throws(ProbingError) {
    guard Self.setup == CURLE_OK, let multi = unsafe curl_multi_init() else {
      throw ProbingError("the HTTP library could not be set up")
    }
    unsafe self.multi = multi
    self.poll = poll
    self.settings = settings
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard unsafe muster_curl_multi_watch(multi, socketChanged, timerChanged, context) == CURLM_OK else {
      throw ProbingError("the HTTP library could not be set up")
    }
  }

  deinit {
    unsafe running.keys.forEach { unsafe curl_multi_remove_handle(multi, $0) }
    unsafe running.removeAll()
    unsafe curl_multi_cleanup(multi)
  }

  var count: Int { unsafe running.count }

  /// Starts a probe; returns its result where that is known at once.
  func start(_ probe: any TransferProbe, id: UInt64, timeout: Duration) -> ProbeResult? {
    do throws(ProbeSetupError) {
      let handle = try EasyHandle(TransferBuffer(bodyLimit: probe.bodyLimit, settings: settings))
      try handle.configure(timeout: timeout)
      try probe.configure(handle)
      guard unsafe curl_multi_add_handle(multi, handle.pointer) == CURLM_OK else {
        return .notRun("no memory for the connection")
      }
      unsafe running[handle.pointer] = Running(id: id, handle: handle, probe: probe, timeout: timeout)
      unsafe handles[id] = handle.pointer
      return nil
    } catch {
      return .reading(probe.failure(error.message))
    }
  }

  /// Ends a probe without a result; nothing happens if it is not under way.
  func cancel(_ id: UInt64) {
    guard let pointer = unsafe handles.removeValue(forKey: id) else { return }
    unsafe curl_multi_remove_handle(multi, pointer)
    unsafe running[pointer] = nil
  }

  /// Goes on with the transfer of a socket that is ready.
  func proceed(_ ready: EventPoll.Ready) {
    let mask =
      (ready.isReadable ? CURL_CSELECT_IN : 0) | (ready.isWritable ? CURL_CSELECT_OUT : 0)
      | (ready.isBroken ? CURL_CSELECT_ERR : 0)
    act(on: curl_socket_t(truncatingIfNeeded: ready.token), mask)
  }

  /// Does what is due.
  func proceed(at now: ContinuousClock.Instant) {
    guard let deadline, deadline <= now else { return }
    self.deadline = nil
    act(on: -1, 0)
  }

  /// Takes out the probes that have finished.
  func takeFinished() -> [(id: UInt64, result: ProbeResult)] {
    var finished: [(id: UInt64, result: ProbeResult)] = []
    var code = CURLE_OK
    while let pointer = unsafe muster_curl_next_finished(multi, &code) {
      guard let done = unsafe running.removeValue(forKey: pointer) else { continue }
      unsafe handles[done.id] = nil
      let answer = done.handle.answer(code, timeout: done.timeout)
      unsafe curl_multi_remove_handle(multi, pointer)
      let result = answer.ownProblem.map { ProbeResult.notRun($0) } ?? .reading(done.probe.reading(of: answer))
      finished.append((done.id, result))
    }
    return finished
  }

  private func act(on socket: curl_socket_t, _ mask: Int32) {
    var count: Int32 = 0
    // Its only failures are those of single transfers, which are found among the finished ones.
    _ = unsafe curl_multi_socket_action(multi, socket, mask, &count)
  }

  fileprivate func watch(_ socket: curl_socket_t, _ what: Int32) {
    guard what != CURL_POLL_REMOVE else { return poll.forget(socket) }
    poll.watch(
      socket, readable: what & CURL_POLL_IN != 0, writable: what & CURL_POLL_OUT != 0,
      token: UInt64(clamping: socket))
  }

  fileprivate func wakeAfter(milliseconds: Int) {
    deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
  }
}

private func socketChanged(
  handle: UnsafeMutableRawPointer?, socket: curl_socket_t, what: Int32, context: UnsafeMutableRawPointer?,
  socketContext: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return -1 }
  unsafe Unmanaged<TransferSet>.fromOpaque(context).takeUnretainedValue().watch(socket, what)
  return 0
}

private func timerChanged(
  multi: UnsafeMutableRawPointer?, milliseconds: Int, context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context = unsafe context else { return -1 }
  unsafe Unmanaged<TransferSet>.fromOpaque(context).takeUnretainedValue().wakeAfter(milliseconds: milliseconds)
  return 0
}
