internal import CEpoll
internal import Glibc

/// Clients of event streams, driven by one thread: each sends one request and then only reads.
@safe public struct EventLoad: ~Copyable {
  private struct State {
    let socket: Int32
    /// Whether the last byte that came was a line feed: two in a row end an event, and nothing else in a stream has them.
    var endsLine = false
    var events = 0
  }

  private static let bufferBytes = 256 << 10

  private let poll: Int32
  private var states: [State] = []
  private let buffer: UnsafeMutableRawBufferPointer
  private var ready = [UInt32](repeating: 0, count: 256)

  /// Connects and sends the request on every connection.
  ///
  /// - Throws: `LoadError` when the server can't be reached, or the system has no more sockets.
  public init(port: UInt16, connections: Int, request: [UInt8]) throws(LoadError) {
    LoadSocket.raiseFileLimit()
    poll = epoll_open()
    unsafe buffer = .allocate(byteCount: Self.bufferBytes, alignment: 16)
    guard poll >= 0 else { throw LoadError.last(.system, "can't open epoll") }
    for index in 0..<connections {
      let socket = try LoadSocket.connect(port: port)
      states.append(State(socket: socket))
      guard epoll_add(poll, socket, UInt32(clamping: index)) == 0 else {
        throw LoadError.last(.system, "can't watch a socket")
      }
      try LoadSocket.send(request, on: socket)
    }
  }

  deinit {
    for state in states { close(state.socket) }
    if poll >= 0 { close(poll) }
    unsafe buffer.deallocate()
  }

  /// Reads until every connection has one more event.
  ///
  /// - Parameters:
  ///   - start: what the times are counted from.
  ///   - seconds: how long nothing may arrive.
  /// - Returns: when each connection had its event.
  /// - Throws: `LoadError` when nothing arrives in time, or a connection is closed.
  public mutating func next(since start: UInt64, within seconds: Int = 60) throws(LoadError) -> LatencyHistogram {
    var histogram = LatencyHistogram()
    var missing = 0
    for index in states.indices {
      states[index].events -= 1
      if states[index].events < 0 { missing += 1 }
    }
    while missing > 0 {
      let found = unsafe epoll_ready(poll, &ready, Int32(clamping: seconds * 1_000))
      guard found > 0 || errno == EINTR else {
        throw LoadError(.timeout, "\(missing) streams had no event for \(seconds) s")
      }
      for index in ready.prefix(max(Int(found), 0)).map({ Int($0) }) {
        let before = states[index].events
        try read(index)
        if before < 0, states[index].events >= 0 {
          histogram.record(MonotonicClock.nanoseconds - start)
          missing -= 1
        }
      }
    }
    return histogram
  }

  private mutating func read(_ index: Int) throws(LoadError) {
    let count = unsafe recv(states[index].socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      throw LoadError(.connectionLost, "the server closed a stream")
    }
    for offset in 0..<count {
      let isLineFeed = unsafe buffer[offset] == UInt8(ascii: "\n")
      if isLineFeed, states[index].endsLine { states[index].events += 1 }
      states[index].endsLine = isLineFeed
    }
  }
}
