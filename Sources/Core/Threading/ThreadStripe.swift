internal import Glibc
internal import Synchronization

/// Spreads threads over a few copies of something that each would otherwise wait for.
public enum ThreadStripe {
  private static let threads = Atomic<Int>(0)
  /// Where each thread keeps its number; nil when the process has used up its keys.
  private static let key: pthread_key_t? = {
    var key = pthread_key_t()
    return unsafe pthread_key_create(&key, nil) == 0 ? key : nil
  }()

  /// The stripe of the calling thread: the same at every call, 0 ..< `count`, where `count` is a power of two. Threads take stripes in turn,
  /// so that as many as there are stripes don't meet, if no others have come and gone.
  @inline(__always)
  public static func index(of count: Int) -> Int {
    guard let key else { return 0 }
    // Counted from 1, since a thread without a number has 0.
    let number = unsafe Int(bitPattern: pthread_getspecific(key))
    return (number == 0 ? first(key) : number) & (count &- 1)
  }

  /// Numbers the calling thread.
  @inline(never)
  private static func first(_ key: pthread_key_t) -> Int {
    let number = threads.wrappingAdd(1, ordering: .relaxed).newValue
    // A thread that can't keep its number gets another one each time, which is as right.
    _ = unsafe pthread_setspecific(key, UnsafeRawPointer(bitPattern: number))
    return number
  }
}
