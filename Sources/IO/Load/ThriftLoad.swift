internal import CEpoll
internal import Glibc

/// Keep-alive connections that call `add` over Thrift, driven by one thread, each with one call at a time.
@safe public struct ThriftLoad: ~Copyable {
  private let poll: Int32
  private var sockets: [Int32] = []
  private var sent: [UInt64] = []
  private var numbers: [UInt32] = []
  private var buffer = [UInt8](repeating: 0, count: 4_096)
  private var ready = [UInt32](repeating: 0, count: 256)

  /// Connects.
  ///
  /// - Throws: `LoadError` when the server can't be reached, or the system has no more sockets.
  public init(port: UInt16, connections: Int) throws(LoadError) {
    LoadSocket.raiseFileLimit()
    poll = epoll_open()
    guard poll >= 0 else { throw LoadError.last(.system, "can't open epoll") }
    for index in 0..<connections {
      let socket = try LoadSocket.connect(port: port)
      sockets.append(socket)
      sent.append(0)
      numbers.append(UInt32(index) << 16)
      guard epoll_add(poll, socket, UInt32(clamping: index)) == 0 else {
        throw LoadError.last(.system, "can't watch a socket")
      }
    }
  }

  deinit {
    for socket in sockets { close(socket) }
    close(poll)
  }

  /// Keeps one call on each connection for some time.
  ///
  /// - Returns: what it took; answers after the time are waited for, and do not count.
  /// - Throws: `LoadError` when an answer is wrong, or can't be had.
  public mutating func run(seconds: Double) throws(LoadError) -> LoadResult {
    let start = MonotonicClock.nanoseconds
    let end = start + UInt64(max(seconds, 0) * 1e9)
    var result = LoadResult()
    for index in sockets.indices { try call(on: index) }
    var outstanding = sockets.count
    while outstanding > 0 {
      let found = unsafe epoll_ready(poll, &ready, 20_000)
      guard found > 0 || errno == EINTR else {
        throw LoadError(.timeout, "\(outstanding) calls had no answer for 20 s")
      }
      for place in 0..<Int(max(found, 0)) {
        let index = Int(ready[place])
        guard try isAnswered(index) else { continue }
        let now = MonotonicClock.nanoseconds
        guard now <= end else {
          outstanding -= 1
          continue
        }
        result.answers += 1
        result.latency.record(now - sent[index])
        try call(on: index)
      }
    }
    result.nanoseconds = end - start
    return result
  }

  /// One call on each connection, one after the other.
  ///
  /// - Throws: `LoadError` as `run`.
  public mutating func touchAll() throws(LoadError) { _ = try run(seconds: 0) }

  private mutating func call(on index: Int) throws(LoadError) {
    numbers[index] &+= 1
    sent[index] = MonotonicClock.nanoseconds
    try LoadSocket.send(ThriftCall.numbered(ThriftCall.request, numbers[index]), on: sockets[index])
  }

  private mutating func isAnswered(_ index: Int) throws(LoadError) -> Bool {
    let count = unsafe recv(sockets[index], &buffer, buffer.count, Int32(MSG_DONTWAIT))
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return false }
      throw LoadError(.connectionLost, "the server closed a connection with a call on it")
    }
    // It is so short that it comes in one piece.
    let wanted = ThriftCall.numbered(ThriftCall.answer, numbers[index])
    guard buffer[..<count].elementsEqual(wanted) else {
      throw LoadError(.badAnswer, "the answer to a call is \(count) bytes: \(Array(buffer[..<min(count, 120)]))")
    }
    return true
  }
}
