internal import MusterThreading

/// Answers to calls, kept so that they need not be asked for again, or are there when asking fails.
///
/// Calls for the same key at the same time share one fetch. A caller that is cancelled leaves the fetch to another that
/// waits for it. Failures are not kept.
public final class ResponseCache: Sendable {
  /// Gets the answer from where it comes from.
  public typealias Fetch = @Sendable () async throws -> [UInt8]

  let settings: Settings
  let observe: @Sendable (ResilienceEvent) -> Void
  let revalidation = Locked(Revalidation.off)
  private let store: any CacheStore
  private let now: @Sendable () -> ContinuousClock.Instant
  private let flights = Flights()

  /// A cache over a store.
  ///
  /// - Parameters:
  ///   - settings: how long answers are used.
  ///   - store: where they are kept.
  ///   - now: the time.
  ///   - observe: learns of stale answers and of failures of the store; must be quick.
  /// - Throws: ``ResilienceError`` for settings out of range.
  public init(
    _ settings: Settings = Settings(), store: any CacheStore, now: @escaping @Sendable () -> ContinuousClock.Instant,
    observe: @escaping @Sendable (ResilienceEvent) -> Void = { _ in }
  ) throws(ResilienceError) {
    try settings.validate()
    self.settings = settings
    self.store = store
    self.now = now
    self.observe = observe
  }

  /// The answer for a key: a fresh one from the store, a stale one where the settings allow it, or a fetched one.
  ///
  /// - Parameters:
  ///   - key: what tells the answer from all others.
  ///   - fetch: gets the answer; runs at most once at a time for a key in this process.
  /// - Returns: the answer and where it came from.
  /// - Throws: what `fetch` throws where there is no stale answer to serve; `CancellationError` if the task is cancelled
  ///   while it waits for another's fetch.
  public func answer(for key: String, fetch: @escaping Fetch) async throws -> CachedAnswer {
    let landings = flights.landings
    let known = await load(key)
    if let known {
      if known.age < settings.lifetime { return CachedAnswer(bytes: known.bytes, source: .fresh(age: known.age)) }
      if known.age < settings.lifetime + settings.staleWhileRevalidate, revalidate(key, fetch) {
        return stale(known, for: key, because: .revalidating)
      }
    }
    do {
      return try await fetchOnce(key, since: landings, fetch)
    } catch {
      guard let known, known.age < settings.lifetime + settings.staleIfError, !isCancellation(error) else {
        throw error
      }
      return stale(known, for: key, because: .fetchFailed("\(error)"))
    }
  }

  /// The last good answer for a key, however old, as long as the store has it.
  public func lastAnswer(for key: String) async -> CachedValue? { await load(key) }

  /// Forgets the answer for a key. A fetch that runs at the moment still leaves its answer.
  ///
  /// - Throws: what the store throws.
  public func forget(_ key: String) async throws { try await store.remove(key) }

  /// How many callers wait for another's fetch of this key; nil if nobody fetches it.
  package func waiting(for key: String) -> Int? { flights.waiting(for: key) }

  func fetchOnce(_ key: String, since landings: UInt64? = nil, _ fetch: Fetch) async throws -> CachedAnswer {
    switch await flights.join(key, since: landings ?? flights.landings) {
    case .cancelled: throw CancellationError()
    case .landed(let outcome): return CachedAnswer(bytes: try outcome.get(), source: .shared)
    case .lead(let hasLanded): return try await lead(key, mayBeKnown: hasLanded, fetch)
    }
  }

  /// Fetches for all who wait. Whatever happens, the flight ends or is passed on.
  private func lead(_ key: String, mayBeKnown: Bool, _ fetch: Fetch) async throws -> CachedAnswer {
    // Another flight may have landed between this call's look at the store and its turn.
    if mayBeKnown, let known = await load(key), known.age < settings.lifetime {
      flights.land(key, .success(known.bytes))
      return CachedAnswer(bytes: known.bytes, source: .fresh(age: known.age))
    }
    do {
      let bytes = try await fetch()
      await save(bytes, for: key)
      flights.land(key, .success(bytes))
      return CachedAnswer(bytes: bytes, source: .fetched)
    } catch {
      if isCancellation(error) { flights.passOn(key) } else { flights.land(key, .failure(error)) }
      throw error
    }
  }

  private func isCancellation(_ error: any Error) -> Bool { error is CancellationError || Task.isCancelled }

  private func stale(_ known: CachedValue, for key: String, because reason: StaleReason) -> CachedAnswer {
    observe(.staleServed(key: key, age: known.age, because: reason))
    return CachedAnswer(bytes: known.bytes, source: .stale(age: known.age, because: reason))
  }

  private func load(_ key: String) async -> CachedValue? {
    do {
      return try await store.load(key, at: now())
    } catch {
      observe(.cacheFailed(key: key, operation: .load, because: "\(error)"))
      return nil
    }
  }

  private func save(_ bytes: [UInt8], for key: String) async {
    do {
      try await store.save(bytes, for: key, lifetime: settings.keepingTime, at: now())
    } catch {
      observe(.cacheFailed(key: key, operation: .save, because: "\(error)"))
    }
  }
}
