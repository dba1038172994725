internal import CMicroHTTPD
internal import MusterThreading

/// A body that is sent bit by bit, from any thread, for as long as the client stays: the body of an event stream.
public final class HTTPStream: Sendable {
  fileprivate enum Phase {
    /// No response has taken it yet.
    case unused
    /// The server reads from it when the client can take more.
    case reading(Tether)
    /// Nothing was left to send; the connection is suspended.
    case parked(Tether)
    /// The client is gone, or everything has been sent.
    case ended
  }

  fileprivate struct State {
    var phase = Phase.unused
    var bytes: [UInt8] = []
    var read = 0
    var isFinished = false
    var onEnd: (@Sendable () -> Void)?
  }

  /// How many bytes may wait for the client.
  public let capacity: Int

  private let state: Locked<State>

  /// Makes a stream.
  ///
  /// - Parameter capacity: how many bytes may wait for a slow client; 256 KiB by default.
  public init(capacity: Int = 256 * 1024) {
    self.capacity = max(1, capacity)
    state = Locked(State())
  }

  /// Sends bytes to the client.
  ///
  /// - Returns: false, and nothing is sent, if the client is gone, the stream is finished, or so much waits for the
  ///   client already that `capacity` would be exceeded.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool {
    let (taken, parked) = state.withLock { state -> (Bool, Tether?) in
      if case .ended = state.phase { return (false, nil) }
      guard !state.isFinished, state.waiting + bytes.count <= capacity else { return (false, nil) }
      state.append(bytes, capacity: capacity)
      return (true, bytes.isEmpty ? nil : state.unpark())
    }
    parked?.resume()
    return taken
  }

  /// Ends the body once all that was sent has reached the client.
  public func finish() {
    let parked = state.withLock { state in
      state.isFinished = true
      return state.unpark()
    }
    parked?.resume()
  }

  /// Sets what is called once, on a thread of the server, when the client is gone or has got everything.
  ///
  /// It is called at once if that is so already. It must not block.
  public func onEnd(_ body: @escaping @Sendable () -> Void) {
    let hasEnded = state.withLock { state in
      if case .ended = state.phase { return true }
      state.onEnd = body
      return false
    }
    if hasEnded { body() }
  }
}

extension HTTPStream {
  /// Binds the stream to the connection that its response is about to be sent over; false if it was used before.
  func attach(to tether: Tether) -> Bool {
    let (isUsable, isHeld) = state.withLock { state -> (Bool, Bool) in
      guard case .unused = state.phase else { return (false, false) }
      tether.watch(for: self)
      state.phase = .reading(tether)
      return (true, tether.hold(self))
    }
    if isUsable, !isHeld { finish() }
    return isUsable
  }

  /// Fills the library's buffer; called on the connection's thread, which is suspended when there is nothing.
  @unsafe func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    state.withLock { state in
      guard case .reading(let tether) = state.phase else { return http_stream_error() }
      tether.worker.worked()
      guard state.waiting > 0 else {
        if state.isFinished { return http_stream_end() }
        tether.connection.suspend()
        state.phase = .parked(tether)
        return 0
      }
      return unsafe state.move(into: buffer)
    }
  }

  /// The request is done with, well or badly; called on the connection's thread before its socket is closed.
  func connectionEnded() {
    let (tether, body) = state.withLock { state in
      defer { state.end() }
      return (state.tether, state.onEnd)
    }
    tether?.letGo()
    body?()
  }

  /// The next read closes the connection.
  func clientHungUp() {
    let (parked, body) = state.withLock { state in
      let parked = state.unpark()
      let body = state.onEnd
      state.onEnd = nil
      // Not yet `.ended`: the tether is needed until the library lets go of the response.
      state.isFinished = true
      state.bytes = []
      state.read = 0
      return (parked, body)
    }
    parked?.resume()
    body?()
  }
}

extension HTTPStream: Occupant {
  func serverStops() { finish() }
}

extension HTTPStream.State {
  fileprivate var waiting: Int { bytes.count - read }

  fileprivate var tether: Tether? {
    switch phase {
    case .reading(let tether), .parked(let tether): tether
    case .unused, .ended: nil
    }
  }

  /// What to resume, if the connection was suspended.
  fileprivate mutating func unpark() -> Tether? {
    guard case .parked(let tether) = phase else { return nil }
    phase = .reading(tether)
    return tether
  }

  /// Adds bytes at the end.
  ///
  /// The same event is mostly sent into many streams, which have nothing else to send: they share its memory.
  fileprivate mutating func append(_ new: [UInt8], capacity: Int) {
    if waiting == 0 {
      bytes = new
      read = 0
      return
    }
    if bytes.count + new.count > capacity {
      bytes.removeFirst(read)
      read = 0
    }
    bytes.append(contentsOf: new)
  }

  fileprivate mutating func end() {
    phase = .ended
    bytes = []
    read = 0
    onEnd = nil
  }

  @unsafe fileprivate mutating func move(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(waiting, buffer.count)
    unsafe buffer.copyBytes(from: bytes[read..<(read + count)])
    read += count
    if read == bytes.count {
      // Memory is not kept: thousands of streams wait most of the time.
      bytes = []
      read = 0
    }
    return count
  }
}
