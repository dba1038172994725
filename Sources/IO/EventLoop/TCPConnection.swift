internal import CUV

/// A stream of bytes in both directions.
public final class TCPConnection: LoopHandle {
  /// What each piece that comes or goes is about.
  private struct Traffic {
    var handler: (any TCPHandler)?
    var sentCount: UInt64 = 0
    var gatheredCount = 0
    var descriptor: Int32 = -1
  }

  // One thread alone uses it, so that no two accesses can overlap: to check each would cost more than what is done there.
  @exclusivity(unchecked) private var traffic = Traffic()
  /// Set while it is being made, where that may not take forever.
  private var patience: LoopTimer?
  /// Why the connection has failed; nil while it has not, and where the other side has ended it in good order.
  public internal(set) var failure: EventLoopError?
  /// Whether the connection goes on in the other direction when the other side sends nothing more. It ends by default.
  public var allowsHalfClose = false

  private(set) var handler: (any TCPHandler)? {
    get { unsafe traffic.handler }
    set { unsafe traffic.handler = newValue }
  }

  /// How many bytes the system has taken, or may have taken.
  public internal(set) var sentCount: UInt64 {
    get { unsafe traffic.sentCount }
    set { unsafe traffic.sentCount = newValue }
  }

  /// How many pieces of it are in the loop's outbox.
  var gatheredCount: Int {
    get { unsafe traffic.gatheredCount }
    set { unsafe traffic.gatheredCount = newValue }
  }

  /// The system's number for it, while it is connected; else below 0.
  private(set) var descriptor: Int32 {
    get { unsafe traffic.descriptor }
    set { unsafe traffic.descriptor = newValue }
  }

  var isConnected: Bool { descriptor >= 0 }

  init(_ loop: EventLoop) {
    unsafe super.init(loop, size: MemoryLayout<uv_tcp_t>.size)
    unsafe uv_tcp_init(loop.raw, tcp)
    opened()
    // What is sent here is sent in one piece; the wait for more would only make it late.
    unsafe uv_tcp_nodelay(tcp, 1)
  }

  /// Connects to an address; the handler hears of it, also when it fails.
  ///
  /// - Parameters:
  ///   - loop: whose thread calls the handler.
  ///   - address: where to.
  ///   - timeout: how long that may take; nil: as long as the system tries, which is minutes.
  ///   - handler: takes what arrives; held until the connection is closed. It may be called before this returns.
  public convenience init(
    _ loop: EventLoop, to address: SocketAddress, timeout: Duration? = nil, _ handler: any TCPHandler
  ) {
    self.init(loop)
    self.handler = handler
    let request = UnsafeMutablePointer<uv_connect_t>.allocate(capacity: 1)
    let result = unsafe address.withSystemAddress { pointer, _ in
      unsafe uv_tcp_connect(request, tcp, pointer) { request, status in
        guard let request = unsafe request else { return }
        defer { unsafe request.deallocate() }
        guard let connection = unsafe owner(request.pointee.handle?.pointee.data, as: TCPConnection.self) else {
          return
        }
        connection.connected(status)
      }
    }
    if result != 0 {
      unsafe request.deallocate()
      end(EventLoopError("can't connect to \(address)", result))
    } else if let timeout {
      wait(timeout, address)
    }
  }

  private func wait(_ timeout: Duration, _ address: SocketAddress) {
    // Not weak, which would make every later use of the connection dearer: the timer is closed with the connection.
    let timer = LoopTimer(loop) { [unowned self] in
      end(EventLoopError(.timedOut, "no connection to \(address) within \(timeout)"))
    }
    timer.start(after: timeout)
    patience = timer
  }

  private var tcp: UnsafeMutablePointer<uv_tcp_t> { unsafe memory.assumingMemoryBound(to: uv_tcp_t.self) }
  var stream: UnsafeMutablePointer<uv_stream_t> { unsafe memory.assumingMemoryBound(to: uv_stream_t.self) }

  private var systemNumber: Int32 {
    var number: Int32 = -1
    return unsafe uv_fileno(handle, &number) == 0 ? number : -1
  }

  private func connected(_ status: Int32) {
    patience?.close()
    patience = nil
    guard isOpen else { return }
    guard status == 0, let handler else { return end(EventLoopError("can't connect", status)) }
    descriptor = systemNumber
    handler.connected(self)
    resume()
  }

  /// The other side's address; nil unless it is connected.
  public var peer: SocketAddress? { isOpen ? unsafe SocketAddress(peerOf: stream) : nil }

  /// Takes what arrives on an accepted connection from now on; `handler` is held until it is closed.
  public func start(_ handler: any TCPHandler) {
    self.handler = handler
    descriptor = systemNumber
    resume()
  }

  /// Lets nothing arrive until `resume()`.
  public func pause() {
    if isOpen { unsafe uv_read_stop(stream) }
  }

  /// Lets bytes arrive.
  public func resume() {
    guard isOpen else { return }
    let result = unsafe uv_read_start(stream, provideTCPBuffer) { stream, count, buffer in
      unsafe withOwner(stream?.pointee.data, as: TCPConnection.self) { unsafe $0.arrived(count, buffer) }
    }
    if result != 0, result != UV_EALREADY.rawValue { end(EventLoopError("can't read from the connection", result)) }
  }

  @unsafe private func arrived(_ count: Int, _ buffer: UnsafePointer<uv_buf_t>?) {
    guard isOpen, count != 0, let handler else { return }
    guard count > 0, let buffer = unsafe buffer else { return broken(Int32(clamping: count)) }
    let bytes = unsafe UnsafeRawBufferPointer(start: buffer.pointee.base, count: count)
    unsafe handler.received(Span(_unsafeBytes: bytes), on: self)
  }

  private func broken(_ status: Int32) {
    guard status == UV_EOF.rawValue else { return end(EventLoopError("the connection failed", status)) }
    guard allowsHalfClose, let handler else { return end(nil) }
    pause()
    handler.finished(self)
  }

  /// Closes it and tells whoever owns it.
  func end(_ failure: EventLoopError?) {
    guard isOpen else { return }
    self.failure = failure
    // What has not left by now never does, so that whoever counts can rely on it.
    gatheredCount = 0
    let handler = handler
    close()
    handler?.ended(self)
  }

  override func willClose() {
    handler = nil
    if gatheredCount > 0 { loop.outbox.flush(self) }
    // The system gives the number to the next connection.
    descriptor = -1
    patience?.close()
    patience = nil
  }
}

private func provideTCPBuffer(
  _ handle: UnsafeMutablePointer<uv_handle_t>?, _ size: Int, _ buffer: UnsafeMutablePointer<uv_buf_t>?
) {
  let start = unsafe handle?.pointee.loop.pointee.data?.assumingMemoryBound(to: CChar.self)
  unsafe buffer?.pointee = uv_buf_init(start, UInt32(EventLoop.packetSpace))
}
