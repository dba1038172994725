internal import CUV
internal import Glibc

extension TCPConnection {
  /// Sends bytes, in order; says whether all of them have left.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool { send(bytes.span) }

  /// Sends bytes, in order; only those that the system does not take at once are copied.
  ///
  /// - Returns: whether nothing waits to be sent; `TCPHandler.drained` says when that is so again. When sending fails, the
  ///   handler hears of the end before this returns, and nothing waits.
  public func send(_ bytes: Span<UInt8>) -> Bool {
    guard isOpen, !bytes.isEmpty else { return true }
    sendGathered()
    // That may have been the end of it.
    guard isOpen else { return true }
    var sent = 0
    if queuedCount == 0 {
      sent = unsafe bytes.withUnsafeBytes { unsafe sendNow($0) }
      guard sent >= 0 else {
        end(EventLoopError("the connection failed", Int32(clamping: sent)))
        return true
      }
    }
    sentCount &+= UInt64(bytes.count)
    if sent == bytes.count { return true }
    queue(bytes.extracting(sent...))
    return queuedCount == 0
  }

  /// Sends bytes at the end of the loop's turn, with those of other connections: for small pieces on many of them.
  ///
  /// Nobody is told whether they left at once. `close()` hands them to the system first, and drops what that does not take:
  /// `sendGathered()` tells.
  public func sendSoon(_ bytes: Span<UInt8>) {
    guard isConnected, !bytes.isEmpty, bytes.count <= Self.smallPiece, queuedCount == 0 else {
      _ = send(bytes)
      return
    }
    loop.gather()
    gatheredCount += 1
    loop.outbox.add(bytes, for: self)
  }

  /// Sends what `sendSoon` has gathered without waiting for the end of the turn; `queuedCount` is what the system did not take.
  public func sendGathered() {
    if isOpen, gatheredCount > 0 { loop.outbox.flush(self) }
  }

  /// Forgets what `sendSoon` has gathered and not sent.
  public func discardGathered() { gatheredCount = 0 }

  private static let smallPiece = 4_096

  /// Whether a piece in the outbox is still to be sent, which is so no longer.
  func takeGathered() -> Bool {
    guard gatheredCount > 0 else { return false }
    gatheredCount -= 1
    return true
  }

  /// A piece from the outbox has left.
  func count(sent: Int) { sentCount &+= UInt64(sent) }

  /// Deals with what came of a piece from the outbox that has not left as a whole.
  func finishSend(_ count: Int, _ rest: [UInt8]) {
    guard isOpen else { return }
    guard count >= 0 else { return end(EventLoopError("the connection failed", Int32(clamping: count))) }
    sentCount &+= UInt64(count + rest.count)
    queue(rest.span)
  }

  /// Sends what the system takes at once; how much that is, or one of libuv's negative numbers.
  ///
  /// Asks the system itself: libuv writes as to a file, which takes longer.
  @unsafe func sendNow(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard isConnected else { return 0 }
    while true {
      let count = unsafe Glibc.send(
        descriptor, bytes.baseAddress, bytes.count, Int32(truncatingIfNeeded: MSG_DONTWAIT | MSG_NOSIGNAL))
      if count >= 0 { return count }
      if errno == EAGAIN { return 0 }
      if errno != EINTR { return Int(uv_translate_sys_error(errno)) }
    }
  }

  /// How many bytes wait to be sent.
  public var queuedCount: Int { isOpen ? unsafe stream.pointee.write_queue_size : 0 }

  /// Ends this direction after what has been sent; what arrives is still taken.
  public func finishSending() {
    guard isOpen else { return }
    let request = UnsafeMutablePointer<uv_shutdown_t>.allocate(capacity: 1)
    let result = unsafe uv_shutdown(request, stream) { request, _ in unsafe request?.deallocate() }
    if result != 0 { unsafe request.deallocate() }
  }

  /// Whether the other side has neither ended the connection nor sent anything that has not been taken, as of now: what the
  /// loop has not come to see yet counts too.
  public var isQuiet: Bool {
    guard isOpen else { return false }
    var byte: UInt8 = 0
    let count = unsafe recv(descriptor, &byte, 1, Int32(truncatingIfNeeded: MSG_PEEK | MSG_DONTWAIT))
    return count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  func queue(_ bytes: Span<UInt8>) {
    let write = unsafe PendingWrite(bytes)
    var buffer = unsafe Self.buffer(UnsafeRawBufferPointer(write.bytes))
    let result = unsafe uv_write(write.request, stream, &buffer, 1) { request, status in
      guard let request = unsafe request else { return }
      let stream = unsafe request.pointee.handle
      unsafe PendingWrite.free(request)
      guard let connection = unsafe owner(stream?.pointee.data, as: TCPConnection.self) else { return }
      connection.wrote(status)
    }
    if result != 0 {
      unsafe PendingWrite.free(write.request)
      end(EventLoopError("the connection failed", result))
    }
  }

  private func wrote(_ status: Int32) {
    guard isOpen else { return }
    if status != 0 { return end(EventLoopError("the connection failed", status)) }
    if queuedCount == 0 { handler?.drained(self) }
  }

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

  init(_ content: Span<UInt8>) {
    unsafe request = .allocate(capacity: 1)
    unsafe bytes = .allocate(byteCount: content.count, alignment: 1)
    unsafe content.withUnsafeBytes { unsafe bytes.copyMemory(from: $0) }
    unsafe request.pointee.data = bytes.baseAddress
  }

  static func free(_ request: UnsafeMutablePointer<uv_write_t>) {
    unsafe request.pointee.data.deallocate()
    unsafe request.deallocate()
  }
}
