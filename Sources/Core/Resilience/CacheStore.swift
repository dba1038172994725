/// Where a ``ResponseCache`` keeps answers: memory, or something that a fleet shares.
///
/// A store may forget anything at any time. What it throws counts as having nothing and reaches the observer; it never
/// fails a call. Its methods may be called concurrently, and should give up in less time than a fetch takes.
public protocol CacheStore: Sendable {
  /// The value that was saved last for this key, with its age; nil if there is none, or its time is over.
  ///
  /// The age is the store's to tell, so that processes whose clocks differ can share it.
  func load(_ key: String, at now: ContinuousClock.Instant) async throws -> CachedValue?

  /// Keeps a value, in place of any earlier one, for this long at most.
  func save(_ bytes: [UInt8], for key: String, lifetime: Duration, at now: ContinuousClock.Instant) async throws

  /// Forgets the value of this key, if there is one.
  func remove(_ key: String) async throws
}

/// A value from a ``CacheStore``.
public struct CachedValue: Sendable, Hashable {
  /// The value.
  public let bytes: [UInt8]
  /// How long ago it was saved; never negative.
  public let age: Duration

  /// A value of this age, or of none if it is negative.
  public init(bytes: [UInt8], age: Duration) {
    self.bytes = bytes
    self.age = max(age, .zero)
  }
}
