/// A few copies of a value, each behind a lock of its own, so that threads that take different ones don't wait for each other.
///
/// For uses of a moment: who waits, spins. It lies in its owner and its copies in one piece of memory, each in cache lines of its
/// own: taking one touches no reference count.
@safe public struct Striped<State: Sendable>: ~Copyable, @unchecked Sendable {
  // Two lines of 64 bytes: processors fetch them in pairs.
  @usableFromInline static var line: Int { 128 }

  /// How many copies there are: a power of two.
  public let count: Int
  @usableFromInline let memory: UnsafeMutableRawPointer
  @usableFromInline let stride: Int

  /// Makes `2 ^ doublings` copies of a value.
  public init(doublings: Int = 0, _ state: State) {
    count = 1 << min(max(doublings, 0), 16)
    stride = (Self.line + MemoryLayout<State>.size + Self.line - 1) / Self.line * Self.line
    unsafe memory = .allocate(byteCount: stride * count, alignment: Self.line)
    for index in 0..<count {
      unsafe spinLock(index).initialize(to: SpinLock())
      unsafe self.state(index).initialize(to: state)
    }
  }

  deinit {
    for index in 0..<count {
      unsafe state(index).deinitialize(count: 1)
      unsafe spinLock(index).deinitialize(count: 1)
    }
    unsafe memory.deallocate()
  }

  /// Runs `body` with the lock of a copy held: for a few instructions that neither wait nor take the same lock again.
  ///
  /// - Parameters:
  ///   - index: which copy; what is beyond `count` begins again at 0.
  ///   - body: gets the value to read and change.
  /// - Returns: what `body` returns.
  @inlinable @inline(__always)
  public func withLock<Result>(_ index: Int = 0, _ body: (inout State) -> Result) -> Result {
    let index = index & (count &- 1)
    unsafe spinLock(index).pointee.lock()
    defer { unsafe spinLock(index).pointee.unlock() }
    return unsafe body(&state(index).pointee)
  }

  @inlinable @inline(__always)
  func state(_ index: Int) -> UnsafeMutablePointer<State> {
    unsafe (memory + (index &* stride &+ Self.line)).assumingMemoryBound(to: State.self)
  }

  @inlinable @inline(__always)
  func spinLock(_ index: Int) -> UnsafeMutablePointer<SpinLock> {
    unsafe (memory + index &* stride).assumingMemoryBound(to: SpinLock.self)
  }
}
