/// What a caller gets when the call failed for good.
public enum Fallback<Value: Sendable>: Sendable {
  /// Always this value.
  case value(Value)
  /// What the closure makes of the error.
  case closure(@Sendable (any Error) async throws -> Value)
  /// The last good answer from a cache, however old the cache lets it be; then the error after all.
  case stale

  /// The answer in place of the failed one; a cancelled call has none.
  ///
  /// - Parameters:
  ///   - error: why the call failed.
  ///   - stale: looks for the last good answer.
  /// - Returns: the answer.
  /// - Throws: `error` where there is no answer, or what the closure throws.
  public func answer(to error: any Error, stale: () async -> Value? = { nil }) async throws -> Value {
    if error is CancellationError { throw error }
    switch self {
    case .value(let value): return value
    case .closure(let closure): return try await closure(error)
    case .stale:
      guard let value = await stale() else { throw error }
      return value
    }
  }

  /// Which kind of fallback it is, for events.
  public var kind: FallbackKind {
    switch self {
    case .value: .value
    case .closure: .closure
    case .stale: .stale
    }
  }
}

/// The kinds of ``Fallback``.
public enum FallbackKind: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
  /// A fixed value.
  case value = "a fixed value"
  /// What a closure made.
  case closure = "what a closure made"
  /// The last good answer.
  case stale = "the last good answer"

  /// The kind in words.
  public var description: String { rawValue }
}
