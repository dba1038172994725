internal import CCurl
internal import MusterEventPoll

extension TransferSet {
  /// Has libcurl say which sockets and which moment it waits for.
  func listen() throws(HTTPClientError) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    guard unsafe muster_curl_multi_watch(multi, socketChanged, timerChanged, context) == CURLM_OK else {
      throw HTTPClientError(.unavailable, "the HTTP library could not be set up")
    }
  }

  /// Goes on with the transfer of a socket that is ready.
  func proceed(_ ready: EventPoll.Ready) {
    let mask =
      (ready.isReadable ? CURL_CSELECT_IN : 0) | (ready.isWritable ? CURL_CSELECT_OUT : 0)
      | (ready.isBroken ? CURL_CSELECT_ERR : 0)
    act(on: curl_socket_t(truncatingIfNeeded: ready.token), mask)
  }

  /// Lets libcurl work.
  func act(on socket: curl_socket_t, _ mask: Int32) {
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
