internal import CUV

/// Wakes a loop from another thread.
final class LoopSignal: LoopHandle {
  private var action: (() -> Void)?
  /// Called once when it closes, on the loop's thread: the sender must not be used after that.
  var atEnd: (() -> Void)?

  init(_ loop: EventLoop, _ action: @escaping () -> Void) throws(EventLoopError) {
    self.action = action
    unsafe super.init(loop, size: MemoryLayout<uv_async_t>.size)
    let result = unsafe uv_async_init(loop.raw, signal) { handle in
      unsafe owner(handle?.pointee.data, as: LoopSignal.self)?.action?()
    }
    guard result == 0 else { throw EventLoopError("can't make an event loop's signal", result) }
    opened()
  }

  private var signal: UnsafeMutablePointer<uv_async_t> { unsafe memory.assumingMemoryBound(to: uv_async_t.self) }

  /// What another thread may use, until the loop has ended.
  var sender: Sender { unsafe Sender(signal: signal) }

  override func willClose() {
    action = nil
    atEnd?()
    atEnd = nil
  }

  /// Unchecked: sending is the one thing that libuv allows from other threads.
  @safe struct Sender: @unchecked Sendable {
    fileprivate let signal: UnsafeMutablePointer<uv_async_t>

    func send() {
      _ = unsafe uv_async_send(signal)
    }
  }
}
