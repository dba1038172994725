internal import CUV

/// Calls at the end of each turn of a loop, and before it waits.
final class LoopTurn: LoopHandle {
  init(checking loop: EventLoop) {
    unsafe super.init(loop, size: MemoryLayout<uv_check_t>.size)
    let check = unsafe memory.assumingMemoryBound(to: uv_check_t.self)
    unsafe uv_check_init(loop.raw, check)
    opened()
    unsafe uv_check_start(check) { handle in
      unsafe owner(handle?.pointee.data, as: LoopTurn.self)?.loop.outbox.flush()
    }
    unsafe uv_unref(handle)
  }

  init(preparing loop: EventLoop) {
    unsafe super.init(loop, size: MemoryLayout<uv_prepare_t>.size)
    let prepare = unsafe memory.assumingMemoryBound(to: uv_prepare_t.self)
    unsafe uv_prepare_init(loop.raw, prepare)
    opened()
    unsafe uv_prepare_start(prepare) { handle in
      unsafe owner(handle?.pointee.data, as: LoopTurn.self)?.loop.outbox.flush()
    }
    unsafe uv_unref(handle)
  }
}
