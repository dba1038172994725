internal import CUV

/// Takes connections on a socket.
public final class TCPListener: LoopHandle {
  private var accept: ((TCPConnection) -> Void)?

  /// Takes connections from now on.
  ///
  /// - Parameters:
  ///   - loop: whose thread calls back.
  ///   - socket: of the kind TCP.
  ///   - accept: gets each connection, and must `start` or `close` it.
  /// - Throws: `EventLoopError` if the system refuses.
  public init(
    _ loop: EventLoop, _ socket: consuming BoundSocket, _ accept: @escaping (TCPConnection) -> Void
  ) throws(EventLoopError) {
    self.accept = accept
    unsafe super.init(loop, size: MemoryLayout<uv_tcp_t>.size)
    let address = socket.address
    unsafe uv_tcp_init(loop.raw, memory.assumingMemoryBound(to: uv_tcp_t.self))
    opened()
    let descriptor = socket.take()
    try check(unsafe uv_tcp_open(memory.assumingMemoryBound(to: uv_tcp_t.self), descriptor), address)
    try check(
      unsafe uv_listen(memory.assumingMemoryBound(to: uv_stream_t.self), 1_024) { stream, status in
        guard status == 0, let listener = unsafe owner(stream?.pointee.data, as: TCPListener.self) else { return }
        listener.arrived()
      }, address)
  }

  private func check(_ result: Int32, _ address: SocketAddress) throws(EventLoopError) {
    guard result != 0 else { return }
    close()
    throw result == UV_EADDRINUSE.rawValue
      ? EventLoopError(
        .addressInUse, "can't listen on \(address) (TCP): something else listens there; stop it or choose another port")
      : EventLoopError("can't listen on \(address) (TCP)", result)
  }

  private func arrived() {
    let connection = TCPConnection(loop)
    guard unsafe uv_accept(memory.assumingMemoryBound(to: uv_stream_t.self), connection.stream) == 0, let accept else {
      return connection.close()
    }
    accept(connection)
  }

  override func willClose() { accept = nil }
}
