internal import CUV

/// Calls its owner after a time, once or again and again.
public final class LoopTimer: LoopHandle {
  private var action: (() -> Void)?

  /// A timer that is not running yet.
  public init(_ loop: EventLoop, _ action: @escaping () -> Void) {
    self.action = action
    unsafe super.init(loop, size: MemoryLayout<uv_timer_t>.size)
    unsafe uv_timer_init(loop.raw, timer)
    opened()
  }

  private var timer: UnsafeMutablePointer<uv_timer_t> { unsafe memory.assumingMemoryBound(to: uv_timer_t.self) }

  /// Starts it, or starts it anew.
  ///
  /// - Parameters:
  ///   - delay: after which it calls; cut to whole milliseconds.
  ///   - interval: in which it calls again; never, where this is nil.
  public func start(after delay: Duration, every interval: Duration? = nil) {
    guard isOpen else { return }
    unsafe uv_timer_start(
      timer,
      { handle in
        unsafe owner(handle?.pointee.data, as: LoopTimer.self)?.action?()
      }, delay.milliseconds, interval?.milliseconds ?? 0)
  }

  /// Stops it; it can be started again.
  public func stop() {
    if isOpen { unsafe uv_timer_stop(timer) }
  }

  override func willClose() { action = nil }
}

extension Duration {
  fileprivate var milliseconds: UInt64 {
    let (seconds, attoseconds) = components
    return UInt64(clamping: seconds) &* 1_000 &+ UInt64(clamping: attoseconds / 1_000_000_000_000_000)
  }
}
