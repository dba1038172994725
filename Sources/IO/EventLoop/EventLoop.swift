internal import CUV

/// A loop that waits for sockets and timers and calls whoever owns them, all on one thread.
///
/// It belongs to the thread of an `EventLoopThread`, and so does everything that is opened on it.
@safe public final class EventLoop {
  let raw: UnsafeMutablePointer<uv_loop_t>
  /// Where what arrives is put: it is dealt with before anything else can arrive.
  let buffer: UnsafeMutableRawBufferPointer
  /// What connections send at the end of this turn; each loop that has such connections has it looked after.
  let outbox = LoopOutbox()
  @exclusivity(unchecked) private var isGathering = false
  /// The bytes that libuv wants for each packet of a batch.
  static let packetSpace = 65_536
  /// The most packets of a batch.
  static let batchLimit = 20

  init() throws(EventLoopError) {
    unsafe raw = .allocate(capacity: 1)
    let result = unsafe uv_loop_init(raw)
    guard result == 0 else {
      unsafe raw.deallocate()
      throw EventLoopError("can't make an event loop", result)
    }
    unsafe buffer = .allocate(byteCount: Self.packetSpace * Self.batchLimit, alignment: 64)
    // Where connections find it without the object.
    unsafe raw.pointee.data = buffer.baseAddress
  }

  /// The time in milliseconds since some moment in the past, as of when the loop last woke up.
  public var now: UInt64 { unsafe uv_now(raw) }

  /// Sees to it that the outbox is emptied in each turn.
  func gather() {
    guard unsafe !isGathering else { return }
    unsafe isGathering = true
    _ = LoopTurn(checking: self)
    _ = LoopTurn(preparing: self)
  }

  /// Runs until nothing is open any more.
  func run() {
    _ = unsafe uv_run(raw, UV_RUN_DEFAULT)
  }

  /// Closes all that is open.
  func closeAll() {
    unsafe uv_walk(
      raw,
      { handle, _ in
        guard let handle = unsafe handle, let data = unsafe handle.pointee.data else { return }
        unsafe Unmanaged<LoopHandle>.fromOpaque(data).takeUnretainedValue().close()
      }, nil)
  }

  deinit {
    // Whatever was opened keeps the loop alive, so nothing is open now but what setting up left behind on failure.
    unsafe uv_loop_close(raw)
    unsafe raw.deallocate()
    unsafe buffer.deallocate()
  }
}
