internal import CUV

/// Takes what arrives on a connection.
public protocol TCPHandler: AnyObject {
  /// The connection that was asked for is there; not called for one that was accepted.
  func connected(_ connection: TCPConnection)
  /// Called with whatever has arrived.
  func received(_ bytes: Span<UInt8>, on connection: TCPConnection)
  /// All that was sent has left, after `send` had said that it has not.
  func drained(_ connection: TCPConnection)
  /// The other side has ended the connection, or it has failed; it is closed. Not called after `close()`.
  func ended(_ connection: TCPConnection)
}

/// A stream of bytes in both directions.
public final class TCPConnection: LoopHandle {
  private var handler: (any TCPHandler)?

  init(_ loop: EventLoop) {
    unsafe super.init(loop, size: MemoryLayout<uv_tcp_t>.size)
    unsafe uv_tcp_init(loop.raw, tcp)
    opened()
  }

  /// Connects to an address; the handler hears of it, also when it fails.
  ///
  /// - Parameters:
  ///   - loop: whose thread calls the handler.
  ///   - address: where to.
  ///   - handler: takes what arrives; held until the connection is closed.
  public convenience init(_ loop: EventLoop, to address: SocketAddress, _ handler: any TCPHandler) {
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
      end()
    }
  }

  private var tcp: UnsafeMutablePointer<uv_tcp_t> { unsafe memory.assumingMemoryBound(to: uv_tcp_t.self) }
  var stream: UnsafeMutablePointer<uv_stream_t> { unsafe memory.assumingMemoryBound(to: uv_stream_t.self) }

  private func connected(_ status: Int32) {
    guard isOpen else { return }
    guard status == 0, let handler else { return end() }
    handler.connected(self)
    resume()
  }

  /// Takes what arrives on an accepted connection from now on; `handler` is held until it is closed.
  public func start(_ handler: any TCPHandler) {
    self.handler = handler
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
      guard let connection = unsafe owner(stream?.pointee.data, as: TCPConnection.self) else { return }
      unsafe connection.arrived(count, buffer)
    }
    if result != 0, result != UV_EALREADY.rawValue { end() }
  }

  /// Sends bytes, in order; says whether all of them have left.
  public func send(_ bytes: [UInt8]) -> Bool {
    guard isOpen, !bytes.isEmpty else { return true }
    var sent = 0
    if unsafe stream.pointee.write_queue_size == 0 {
      let result = unsafe bytes.withUnsafeBytes { unsafe uv_try_write(stream, [Self.buffer($0)], 1) }
      guard result >= 0 || result == UV_EAGAIN.rawValue else {
        end()
        return true
      }
      sent = Int(max(0, result))
    }
    if sent == bytes.count { return true }
    queue(bytes[sent...])
    return false
  }

  private func queue(_ bytes: ArraySlice<UInt8>) {
    let write = unsafe PendingWrite(bytes)
    let result = unsafe uv_write(write.request, stream, [Self.buffer(UnsafeRawBufferPointer(write.bytes))], 1) {
      request, status in
      guard let request = unsafe request else { return }
      let stream = unsafe request.pointee.handle
      unsafe PendingWrite.free(request)
      guard let connection = unsafe owner(stream?.pointee.data, as: TCPConnection.self) else { return }
      connection.wrote(status)
    }
    if result != 0 {
      unsafe PendingWrite.free(write.request)
      end()
    }
  }

  private func wrote(_ status: Int32) {
    guard isOpen else { return }
    if status != 0 { return end() }
    if unsafe stream.pointee.write_queue_size == 0 { handler?.drained(self) }
  }

  @unsafe private func arrived(_ count: Int, _ buffer: UnsafePointer<uv_buf_t>?) {
    guard isOpen, count != 0 else { return }
    guard count > 0, let buffer = unsafe buffer, let handler else { return end() }
    let bytes = unsafe UnsafeRawBufferPointer(start: buffer.pointee.base, count: count)
    unsafe handler.received(Span(_unsafeBytes: bytes), on: self)
  }

  private func end() {
    guard isOpen else { return }
    let handler = handler
    close()
    handler?.ended(self)
  }

  override func willClose() { handler = nil }

  @unsafe private static func buffer(_ bytes: UnsafeRawBufferPointer) -> uv_buf_t {
    unsafe uv_buf_init(
      UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
      UInt32(clamping: bytes.count))
  }
}

/// A write that the system has not taken at once: libuv's request with a copy of the bytes.
@unsafe private struct PendingWrite {
  let request: UnsafeMutablePointer<uv_write_t>
  let bytes: UnsafeMutableRawBufferPointer

  init(_ content: ArraySlice<UInt8>) {
    unsafe request = .allocate(capacity: 1)
    unsafe bytes = .allocate(byteCount: content.count, alignment: 1)
    unsafe bytes.copyBytes(from: content)
    unsafe request.pointee.data = bytes.baseAddress
  }

  static func free(_ request: UnsafeMutablePointer<uv_write_t>) {
    unsafe request.pointee.data.deallocate()
    unsafe request.deallocate()
  }
}

private func provideTCPBuffer(
  _ handle: UnsafeMutablePointer<uv_handle_t>?, _ size: Int, _ buffer: UnsafeMutablePointer<uv_buf_t>?
) {
  guard let connection = unsafe owner(handle?.pointee.data, as: TCPConnection.self) else { return }
  let start = unsafe connection.loop.buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
  unsafe buffer?.pointee = uv_buf_init(start, UInt32(EventLoop.packetSpace))
}
