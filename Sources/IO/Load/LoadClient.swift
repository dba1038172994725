internal import CEpoll
internal import Glibc

/// Keep-alive connections to a server on this machine, driven by one thread, each with one request at a time.
///
/// It is made to cost as little as can be: it must never be what limits a measurement.
@safe public struct LoadClient: ~Copyable {
  /// What is known of a connection.
  private struct State {
    let socket: Int32
    var sent: UInt64 = 0
    var status = 0
    var bodyBytes = 0
    /// Bytes of the body that are still to come; nil while the head is.
    var missing: Int?
    /// The beginning of a head that came in pieces.
    var head: [UInt8] = []
  }

  private static let bufferBytes = 256 << 10

  private let poll: Int32
  private var states: [State]
  private let buffer: UnsafeMutableRawBufferPointer
  private var ready = [UInt32](repeating: 0, count: 256)
  /// The answers that the last `receive` found.
  public private(set) var responses: [LoadResponse] = []
  /// Requests that are not answered yet.
  public private(set) var outstanding = 0
  /// How many connections there are.
  public var connections: Int { states.count }

  /// Connects.
  ///
  /// - Parameters:
  ///   - port: Where the server listens on 127.0.0.1.
  ///   - connections: How many.
  /// - Throws: `LoadError` when the server can't be reached, or the system has no more sockets.
  public init(port: UInt16, connections: Int) throws(LoadError) {
    LoadSocket.raiseFileLimit()
    var states: [State] = []
    let poll = epoll_open()
    do throws(LoadError) {
      guard poll >= 0 else { throw LoadError.last(.system, "can't open epoll") }
      for index in 0..<connections {
        states.append(State(socket: try LoadSocket.connect(port: port)))
        guard epoll_add(poll, states[index].socket, UInt32(clamping: index)) == 0 else {
          throw LoadError.last(.system, "can't watch a socket")
        }
      }
    } catch {
      for state in states { close(state.socket) }
      if poll >= 0 { close(poll) }
      throw error
    }
    self.poll = poll
    self.states = states
    unsafe buffer = .allocate(byteCount: Self.bufferBytes, alignment: 16)
  }

  deinit {
    for state in states { close(state.socket) }
    close(poll)
    unsafe buffer.deallocate()
  }

  /// Sends a request on a connection that has none.
  ///
  /// - Throws: `LoadError` when the connection is gone.
  public mutating func send(_ request: [UInt8], on connection: Int) throws(LoadError) {
    states[connection].sent = MonotonicClock.nanoseconds
    outstanding += 1
    try LoadSocket.send(request, on: states[connection].socket)
  }

  /// Waits for something to arrive, and fills `responses` with the answers that are now whole: often none.
  ///
  /// - Throws: `LoadError` when nothing arrives in time, a connection is closed, or what comes is not HTTP.
  public mutating func receive(within seconds: Int = 60) throws(LoadError) {
    responses.removeAll(keepingCapacity: true)
    let found = unsafe epoll_ready(poll, &ready, Int32(clamping: seconds * 1_000))
    guard found >= 0 || errno == EINTR else { throw LoadError.last(.system, "can't wait for answers") }
    guard found != 0 else {
      throw LoadError(.timeout, "\(outstanding) requests had no answer for \(seconds) s")
    }
    for index in ready.prefix(max(Int(found), 0)) { try read(Int(index)) }
  }

  private mutating func read(_ index: Int) throws(LoadError) {
    let count = unsafe recv(
      states[index].socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      throw LoadError(.connectionLost, "the server closed a connection, with \(outstanding) requests unanswered")
    }
    try unsafe take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), on: index)
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer, on index: Int) throws(LoadError) {
    if let missing = states[index].missing {
      try arrived(missing - bytes.count, on: index)
    } else if states[index].head.isEmpty {
      guard let head = try unsafe ResponseHead(bytes) else {
        unsafe states[index].head.append(contentsOf: bytes)
        return
      }
      try begin(head, following: bytes.count - head.length, on: index)
    } else {
      unsafe states[index].head.append(contentsOf: bytes)
      let whole = states[index].head
      let head = try ResponseHead(whole)
      guard let head else { return }
      states[index].head.removeAll()
      try begin(head, following: whole.count - head.length, on: index)
    }
  }

  private mutating func begin(_ head: ResponseHead, following: Int, on index: Int) throws(LoadError) {
    states[index].status = head.status
    states[index].bodyBytes = head.bodyBytes
    try arrived(head.bodyBytes - following, on: index)
  }

  private mutating func arrived(_ missing: Int, on index: Int) throws(LoadError) {
    guard missing >= 0 else { throw LoadError(.badAnswer, "more came than was asked for") }
    guard missing == 0 else {
      states[index].missing = missing
      return
    }
    states[index].missing = nil
    outstanding -= 1
    let state = states[index]
    responses.append(
      LoadResponse(
        connection: index, status: state.status, bodyBytes: state.bodyBytes, sent: state.sent,
        received: MonotonicClock.nanoseconds))
  }
}
