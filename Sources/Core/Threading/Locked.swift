internal import Glibc

/// A value behind a lock.
///
/// It does what `Synchronization.Mutex` does. Thread sanitizer follows this one, which is made of pthreads: the waiting
/// part of `Mutex` is in the Swift runtime, which is not instrumented, so that each contended use is reported as a race.
public struct Locked<State: Sendable>: Sendable {
  @usableFromInline let storage: LockedStorage<State>

  /// Puts a value behind a new lock.
  public init(_ state: State) {
    storage = LockedStorage(state)
  }

  /// Runs `body` with the lock held; it must not take the same lock again.
  ///
  /// - Parameter body: gets the value to read and change.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws.
  @inlinable
  public func withLock<Result, Failure>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
    storage.lock()
    defer { storage.unlock() }
    return try unsafe body(&storage.state)
  }
}

/// The value and its lock.
///
/// Unchecked: `Locked` only touches the value with the lock held.
@usableFromInline final class LockedStorage<State>: PthreadLock, @unchecked Sendable {
  // The lock is what excludes others: checking it once more would cost as much as the lock.
  @exclusivity(unchecked) @usableFromInline var state: State

  init(_ state: State) {
    unsafe self.state = state
  }
}

/// A lock of the system, at the fixed address that it needs.
@usableFromInline @safe class PthreadLock: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  @usableFromInline final func lock() {
    unsafe pthread_mutex_lock(mutex)
  }

  @usableFromInline final func unlock() {
    unsafe pthread_mutex_unlock(mutex)
  }
}
