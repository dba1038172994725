internal import Glibc

/// A lock with a condition to wait for, on a clock that nobody sets.
///
/// `Synchronization.Mutex` has no condition variable, and the thread sanitizer does not see it when two threads want it
/// at once, so this wraps the two of pthreads.
@safe package final class Monitor<State>: @unchecked Sendable {
  // Unchecked: `state` is only touched with `mutex` held. Both live at a fixed address, as pthreads demands.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  package init(_ state: sending State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    unsafe pthread_condattr_init(&attributes)
    unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    unsafe pthread_cond_init(condition, &attributes)
    unsafe pthread_condattr_destroy(&attributes)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Runs `body` with the lock held.
  package func withLock<Result>(_ body: (inout State) -> Result) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return body(&state)
  }

  /// Wakes one waiting thread.
  package func signal() {
    unsafe pthread_cond_signal(condition)
  }

  /// Wakes all waiting threads.
  func broadcast() {
    unsafe pthread_cond_broadcast(condition)
  }

  /// Waits until `body` gives something; it is tried at once, after each signal, and a last time at the deadline.
  package func wait<Result>(until deadline: ContinuousClock.Instant?, _ body: (inout State) -> Result?) -> Result? {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&state) { return result }
      guard let deadline else {
        unsafe pthread_cond_wait(condition, mutex)
        continue
      }
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { return nil }
      var limit = timespec(monotonicIn: left)
      unsafe pthread_cond_timedwait(condition, mutex, &limit)
    }
  }
}

extension timespec {
  /// The moment on CLOCK_MONOTONIC that is `duration` away, at most a day: whoever waits looks again then.
  fileprivate init(monotonicIn duration: Duration) {
    self.init()
    unsafe clock_gettime(CLOCK_MONOTONIC, &self)
    let (seconds, attoseconds) = min(duration, .seconds(86_400)).components
    let nanoseconds = tv_nsec + Int(attoseconds / 1_000_000_000)
    tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
    tv_nsec = nanoseconds % 1_000_000_000
  }
}
