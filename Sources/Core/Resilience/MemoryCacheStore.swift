internal import MusterThreading

/// Answers kept in this process, the least recently used ones leaving first.
public final class MemoryCacheStore: CacheStore {
  private let values: Locked<LeastRecentlyUsed>

  /// An empty store.
  ///
  /// - Parameters:
  ///   - maximumCount: the most answers: 1 … 10,000,000, by default 10,000.
  ///   - maximumBytes: the most bytes of keys and answers together: 1 … 2⁴⁰, by default 64 MiB. What does not fit alone
  ///     is not kept.
  /// - Throws: ``ResilienceError`` for values out of range.
  public init(maximumCount: Int = 10_000, maximumBytes: Int = 64 << 20) throws(ResilienceError) {
    try ResilienceError.check(maximumCount, in: 1...10_000_000, "MemoryCacheStore.maximumCount")
    try ResilienceError.check(maximumBytes, in: 1...1 << 40, "MemoryCacheStore.maximumBytes")
    values = Locked(LeastRecentlyUsed(maximumCount: maximumCount, maximumBytes: maximumBytes))
  }

  /// How many answers there are, those whose time is over among them until they are asked for.
  public var count: Int { values.withLock { $0.count } }

  /// The size of all keys and answers.
  public var bytes: Int { values.withLock { $0.bytes } }

  /// The answer that was saved last for this key; nil if there is none, or its time is over.
  public func load(_ key: String, at now: ContinuousClock.Instant) -> CachedValue? {
    values.withLock { $0.value(for: key, at: now) }
      .map { CachedValue(bytes: $0.bytes, age: $0.saved.duration(to: now)) }
  }

  /// Keeps an answer for this long at most.
  public func save(_ bytes: [UInt8], for key: String, lifetime: Duration, at now: ContinuousClock.Instant) {
    let value = LeastRecentlyUsed.Value(bytes: bytes, saved: now, expiry: now + lifetime)
    values.withLock { $0.set(value, for: key) }
  }

  /// Forgets the answer of this key.
  public func remove(_ key: String) {
    values.withLock { $0.remove(key) }
  }
}
