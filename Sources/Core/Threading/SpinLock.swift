internal import Glibc
public import Synchronization

/// A lock for some ten instructions that neither wait nor call out: taking it costs one atomic operation and letting go of it none, where a
/// lock of the system costs two and two calls.
///
/// Who finds it taken looks again a few times and then gives way to other threads, since the holder may have lost its processor.
@usableFromInline struct SpinLock: ~Copyable, Sendable {
  private static let looks = 100

  @usableFromInline let isTaken = Atomic(false)

  @usableFromInline init() {}

  @inlinable @inline(__always)
  func lock() {
    if isTaken.exchange(true, ordering: .acquiring) { wait() }
  }

  @inlinable @inline(__always)
  func unlock() {
    isTaken.store(false, ordering: .releasing)
  }

  @inline(never) @usableFromInline
  func wait() {
    var looks = 0
    while true {
      // Looking leaves the cache line with its holder, taking would not.
      if !isTaken.load(ordering: .relaxed), !isTaken.exchange(true, ordering: .acquiring) { return }
      looks += 1
      if looks % Self.looks == 0 { sched_yield() }
    }
  }
}
