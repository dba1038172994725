internal import CUV

/// Something that is open on a loop: it keeps itself alive until it has been closed.
@safe public class LoopHandle {
  let loop: EventLoop
  let memory: UnsafeMutableRawPointer
  private enum State { case unopened, open, closing, closed }
  // One thread alone uses it, so that no two accesses can overlap: to check each would cost more than what is done there.
  @exclusivity(unchecked) private var state = State.unopened

  init(_ loop: EventLoop, size: Int) {
    self.loop = loop
    unsafe memory = .allocate(byteCount: size, alignment: 16)
  }

  deinit {
    unsafe memory.deallocate()
  }

  /// Whether it is still in use.
  public var isOpen: Bool { unsafe state == .open }

  var handle: UnsafeMutablePointer<uv_handle_t> { unsafe memory.assumingMemoryBound(to: uv_handle_t.self) }

  /// Notes that libuv knows of it from now on.
  func opened() {
    unsafe state = .open
    unsafe handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
  }

  /// Closes it; its owner is not called any more. A second call does nothing.
  public func close() {
    guard isOpen else { return }
    unsafe state = .closing
    willClose()
    unsafe uv_close(handle) { handle in
      guard let data = unsafe handle?.pointee.data else { return }
      let object = unsafe Unmanaged<LoopHandle>.fromOpaque(data)
      unsafe object.takeUnretainedValue().state = .closed
      unsafe object.release()
    }
  }

  /// Lets go of whoever owns it.
  func willClose() {}
}

/// Does something with the object behind what libuv hands to a callback: it stays until libuv has closed it, so that it need not be
/// counted.
@inline(__always)
@unsafe func withOwner<Object: LoopHandle>(
  _ data: UnsafeMutableRawPointer?, as type: Object.Type, _ body: (Object) -> Void
) {
  guard let data = unsafe data else { return }
  unsafe Unmanaged<LoopHandle>.fromOpaque(data)._withUnsafeGuaranteedRef { unsafe body(unsafeDowncast($0, to: type)) }
}

/// The object behind what libuv hands to a callback.
///
/// What is registered with a callback of a type is always of that type: it is not looked up each time.
@inline(__always)
@unsafe func owner<Object: LoopHandle>(_ data: UnsafeMutableRawPointer?, as type: Object.Type) -> Object? {
  guard let data = unsafe data else { return nil }
  return unsafe unsafeDowncast(Unmanaged<LoopHandle>.fromOpaque(data).takeUnretainedValue(), to: type)
}
