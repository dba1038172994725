internal import Glibc

/// Spreads threads over a few copies of something that each would otherwise wait for.
public enum ThreadStripe {
  /// The stripe of the calling thread: the same at every call, 0 ..< `count`, where `count` is a power of two.
  @inline(__always)
  public static func index(of count: Int) -> Int {
    // Threads' addresses differ in their high bits alone; the multiplication (Fibonacci hashing, Knuth 6.4) mixes them down.
    let mixed = UInt64(truncatingIfNeeded: pthread_self()) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 40) & (count &- 1)
  }
}
