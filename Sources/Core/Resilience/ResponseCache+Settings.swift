extension ResponseCache {
  /// How long answers are used.
  public struct Settings: Sendable, Hashable {
    /// How long an answer is fresh: 1 ms … 1 day, by default 10 s.
    public var lifetime: Duration
    /// How much longer it is served at once while a new one is fetched behind the caller's back: 0 … 1 day, by default 0.
    /// It takes ``ResponseCache/run()`` to do so.
    public var staleWhileRevalidate: Duration
    /// How much longer than its lifetime it is served when fetching a new one fails: 0 … 1 day, by default 60 s.
    public var staleIfError: Duration
    /// The most answers fetched behind callers' backs at once: 1 … 1,000, by default 16.
    public var maximumRevalidations: Int

    /// Settings with these values; the cache's `init` checks them.
    public init(
      lifetime: Duration = .seconds(10), staleWhileRevalidate: Duration = .zero, staleIfError: Duration = .seconds(60),
      maximumRevalidations: Int = 16
    ) {
      self.lifetime = lifetime
      self.staleWhileRevalidate = staleWhileRevalidate
      self.staleIfError = staleIfError
      self.maximumRevalidations = maximumRevalidations
    }

    /// Refuses what makes no sense.
    ///
    /// - Throws: ``ResilienceError`` that names the setting, its value and what is allowed.
    public func validate() throws(ResilienceError) {
      let longest = Duration.longestSetting
      try ResilienceError.check(lifetime, in: .milliseconds(1)...longest, "ResponseCache.lifetime")
      try ResilienceError.check(staleWhileRevalidate, in: .zero...longest, "ResponseCache.staleWhileRevalidate")
      try ResilienceError.check(staleIfError, in: .zero...longest, "ResponseCache.staleIfError")
      try ResilienceError.check(maximumRevalidations, in: 1...1_000, "ResponseCache.maximumRevalidations")
    }

    /// How long a store must keep an answer.
    var keepingTime: Duration { lifetime + max(staleWhileRevalidate, staleIfError) }
  }
}

/// An answer from a ``ResponseCache``.
public struct CachedAnswer: Sendable, Hashable {
  /// Where an answer came from.
  public enum Source: Sendable, Hashable {
    /// Fetched by this call.
    case fetched
    /// Fetched by another call for the same key at the same time.
    case shared
    /// From the store, within its lifetime.
    case fresh(age: Duration)
    /// From the store, past its lifetime.
    case stale(age: Duration, because: StaleReason)
  }

  /// The answer.
  public let bytes: [UInt8]
  /// Where it came from.
  public let source: Source
}
