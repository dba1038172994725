internal import CUV
internal import Glibc

/// Takes the packets of a socket.
public protocol UDPHandler: AnyObject {
  /// Called for each packet; what is sent meanwhile leaves when the whole batch has been dealt with.
  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket)
}

/// A socket for packets, which are taken and sent in batches.
public final class UDPSocket: LoopHandle {
  private var handler: (any UDPHandler)?
  private let descriptor: Int32
  /// What is sent during a batch; made for the first one, since a socket for a single question needs none.
  private var outbox: UDPOutbox?
  private var isInBatch = false
  private var refused: UInt64 = 0

  /// Takes packets from now on.
  ///
  /// - Parameters:
  ///   - loop: whose thread calls the handler.
  ///   - socket: of the kind UDP.
  ///   - handler: takes the packets; held until the socket is closed.
  /// - Throws: `EventLoopError` if the system refuses.
  public init(_ loop: EventLoop, _ socket: consuming BoundSocket, _ handler: any UDPHandler) throws(EventLoopError) {
    self.handler = handler
    descriptor = socket.take()
    unsafe super.init(loop, size: MemoryLayout<uv_udp_t>.size)
    try check(unsafe uv_udp_init_ex(loop.raw, udp, UInt32(UV_UDP_RECVMMSG.rawValue)))
    opened()
    try check(unsafe uv_udp_open(udp, descriptor))
    try check(unsafe uv_udp_recv_start(udp, provideUDPBuffer, packetArrived))
  }

  private var udp: UnsafeMutablePointer<uv_udp_t> { unsafe memory.assumingMemoryBound(to: uv_udp_t.self) }

  private func check(_ result: Int32) throws(EventLoopError) {
    guard result != 0 else { return }
    close()
    throw EventLoopError("can't use a UDP socket", result)
  }

  /// Packets that the system did not take: its buffers were full, or there was no way to where they should go.
  public var dropped: UInt64 { refused + (outbox?.dropped ?? 0) }

  /// Sends a packet.
  public func send(_ packet: [UInt8], to address: SocketAddress) {
    guard isOpen else { return }
    guard isInBatch else { return sendNow(packet, address) }
    let outbox = outbox ?? UDPOutbox(descriptor)
    self.outbox = outbox
    outbox.add(packet, address)
  }

  private func sendNow(_ packet: [UInt8], _ address: SocketAddress) {
    let sent = unsafe address.withSystemAddress { pointer, size in
      unsafe sendto(descriptor, packet, packet.count, Int32(truncatingIfNeeded: MSG_NOSIGNAL), pointer, size)
    }
    if sent < 0 { refused += 1 }
  }

  override func willClose() {
    outbox?.flush()
    handler = nil
  }

  @unsafe fileprivate func arrived(
    _ count: Int, _ buffer: UnsafePointer<uv_buf_t>?, _ sender: UnsafePointer<sockaddr>?, _ flags: UInt32
  ) {
    if let buffer = unsafe buffer, let sender = unsafe sender, count >= 0, let handler {
      isInBatch = flags & UInt32(UV_UDP_MMSG_CHUNK.rawValue) != 0
      let bytes = unsafe UnsafeRawBufferPointer(start: buffer.pointee.base, count: count)
      unsafe handler.received(Span(_unsafeBytes: bytes), from: SocketAddress(sender), on: self)
    } else {
      // The batch has ended, or there was none. Errors are those of packets sent before, which nobody waits for.
      isInBatch = false
      outbox?.flush()
    }
  }
}

private func provideUDPBuffer(
  _ handle: UnsafeMutablePointer<uv_handle_t>?, _ size: Int, _ buffer: UnsafeMutablePointer<uv_buf_t>?
) {
  guard let socket = unsafe owner(handle?.pointee.data, as: UDPSocket.self) else { return }
  let space = unsafe socket.loop.buffer
  unsafe buffer?.pointee = uv_buf_init(
    space.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(clamping: space.count))
}

private func packetArrived(
  _ handle: UnsafeMutablePointer<uv_udp_t>?, _ count: Int, _ buffer: UnsafePointer<uv_buf_t>?,
  _ sender: UnsafePointer<sockaddr>?, _ flags: UInt32
) {
  unsafe owner(handle?.pointee.data, as: UDPSocket.self)?.arrived(count, buffer, sender, flags)
}
