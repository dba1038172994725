internal import Glibc

/// A few copies of a value, each behind a lock of its own, so that threads that take different ones don't wait for each other.
///
/// It lies in its owner and its copies in one piece of memory, each in cache lines of its own: taking one touches no reference count.
@safe public struct Striped<State: Sendable>: ~Copyable, @unchecked Sendable {
  // Two lines of 64 bytes: processors fetch them in pairs.
  @usableFromInline static var line: Int { 128 }

  /// How many copies there are: a power of two.
  public let count: Int
  @usableFromInline let memory: UnsafeMutableRawPointer
  @usableFromInline let stride: Int

  /// Makes `2 ^ doublings` copies of a value.
  public init(doublings: Int, _ state: State) {
    count = 1 << min(max(doublings, 0), 16)
    stride = (Self.line + MemoryLayout<State>.size + Self.line - 1) / Self.line * Self.line
    unsafe memory = .allocate(byteCount: stride * count, alignment: Self.line)
    for index in 0..<count {
      unsafe pthread_mutex_init(mutex(index), nil)
      unsafe self.state(index).initialize(to: state)
    }
  }

  deinit {
    for index in 0..<count {
      unsafe state(index).deinitialize(count: 1)
      unsafe pthread_mutex_destroy(mutex(index))
    }
    unsafe memory.deallocate()
  }

  /// Runs `body` with the lock of a copy held; it must not take the same lock again.
  ///
  /// - Parameters:
  ///   - index: which copy; what is beyond `count` begins again at 0.
  ///   - body: gets the value to read and change.
  /// - Returns: what `body` returns.
  @inlinable
  public func withLock<Result>(_ index: Int, _ body: (inout State) -> Result) -> Result {
    let index = index & (count &- 1)
    lock(index)
    defer { unlock(index) }
    return unsafe body(&state(index).pointee)
  }

  @usableFromInline func lock(_ index: Int) {
    unsafe pthread_mutex_lock(mutex(index))
  }

  @usableFromInline func unlock(_ index: Int) {
    unsafe pthread_mutex_unlock(mutex(index))
  }

  @inlinable @inline(__always)
  func state(_ index: Int) -> UnsafeMutablePointer<State> {
    unsafe (memory + (index &* stride &+ Self.line)).assumingMemoryBound(to: State.self)
  }

  private func mutex(_ index: Int) -> UnsafeMutablePointer<pthread_mutex_t> {
    unsafe (memory + index &* stride).assumingMemoryBound(to: pthread_mutex_t.self)
  }
}
