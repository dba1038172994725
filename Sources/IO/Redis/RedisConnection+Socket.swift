internal import CHiRedis
internal import Glibc

extension RedisConnection {
  /// Whether the server has neither closed the connection nor sent what nobody asked for.
  var isQuiet: Bool {
    var byte: UInt8 = 0
    let count = unsafe recv(context.pointee.fd, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
    return count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  /// Sends all of it.
  func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) throws(RedisError) {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { all in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: all[sent...])
        return unsafe Glibc.send(
          context.pointee.fd, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if count > 0 { sent += count } else { try wait(for: POLLOUT, until: deadline, after: errno) }
    }
  }

  /// Receives what is there, at least a byte.
  func receive(into buffer: inout [UInt8], until deadline: ContinuousClock.Instant) throws(RedisError) -> Int {
    while true {
      // A server that never stops sending is never waited for.
      _ = try timeLeft(until: deadline)
      let count = unsafe recv(context.pointee.fd, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      if count > 0 { return count }
      guard count < 0 else { throw lost("it closed the connection") }
      try wait(for: POLLIN, until: deadline, after: errno)
    }
  }

  /// Waits until it is worth trying again after this error.
  private func wait(
    for event: Int32, until deadline: ContinuousClock.Instant, after error: Int32
  ) throws(RedisError) {
    guard error == EAGAIN || error == EINTR else { throw lost(systemMessage(error)) }
    let (seconds, attoseconds) = min(try timeLeft(until: deadline), .seconds(60)).components
    // One more, so that the last part of a millisecond is not spent with asking again and again.
    let milliseconds = Int32(seconds) * 1_000 + Int32(attoseconds / 1_000_000_000_000_000) + 1
    var descriptor = unsafe pollfd(fd: context.pointee.fd, events: Int16(event), revents: 0)
    let result = unsafe poll(&descriptor, 1, milliseconds)
    if result < 0, errno != EINTR { throw lost(systemMessage(errno)) }
  }

  private func timeLeft(until deadline: ContinuousClock.Instant) throws(RedisError) -> Duration {
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { throw RedisError(.timedOut, "Redis at \(address) did not answer in time") }
    return left
  }

  private func lost(_ why: String) -> RedisError {
    RedisError(.connectionLost, "the connection to Redis at \(address) broke: \(why)")
  }
}

private func systemMessage(_ number: Int32) -> String {
  unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
}
