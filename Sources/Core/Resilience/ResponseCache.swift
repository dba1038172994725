internal import MusterThreading

/// Answers to calls, kept so that they need not be asked for again, or are there when asking fails.
///
/// Calls for the same key at the same time share one fetch. A caller that is cancelled leaves the fetch to another that
/// waits for it. Failures are not kept.
public final class ResponseCache: Sendable {
  /// Gets the answer from where it comes from.
  public typealias Fetch = @Sendable () async throws -> [UInt8]

  /// How an answer is fetched, and whether it may be kept.
  struct Origin: Sendable {
    let fetch: Fetch
    let keeps: @Sendable ([UInt8]) -> Bool
  }

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
  ///   - keeps: whether an answer may be kept. One that may not takes the place of what is kept, and leaves nothing; what is
  ///     found in the store and may not be kept counts as nothing.
  ///   - fetch: gets the answer; runs at most once at a time for a key in this process.
  /// - Returns: the answer and where it came from.
  /// - Throws: what `fetch` throws where there is no stale answer to serve; `CancellationError` if the task is cancelled
  ///   while it waits for another's fetch.
  public func answer(
    for key: String, keeping keeps: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }, fetch: @escaping Fetch
  ) async throws -> CachedAnswer {
    let origin = Origin(fetch: fetch, keeps: keeps)
    let landings = flights.landings
    let known = await load(key, origin)
    if let known {
      if known.age < settings.lifetime { return CachedAnswer(bytes: known.bytes, source: .fresh(age: known.age)) }
      if known.age < settings.lifetime + settings.staleWhileRevalidate, revalidate(key, origin) {
        return stale(known, for: key, because: .revalidating)
      }
    }
    do {
      return try await fetchOnce(key, since: landings, origin)
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

  func fetchOnce(_ key: String, since landings: UInt64? = nil, _ origin: Origin) async throws -> CachedAnswer {
    switch await flights.join(key, since: landings ?? flights.landings) {
    case .cancelled: throw CancellationError()
    case .landed(let outcome): return CachedAnswer(bytes: try outcome.get(), source: .shared)
    case .lead(let hasLanded): return try await lead(key, mayBeKnown: hasLanded, origin)
    }
  }

  /// Fetches for all who wait. Whatever happens, the flight ends or is passed on.
  private func lead(_ key: String, mayBeKnown: Bool, _ origin: Origin) async throws -> CachedAnswer {
    // Another flight may have landed between this call's look at the store and its turn.
    if mayBeKnown, let known = await load(key, origin), known.age < settings.lifetime {
      flights.land(key, .success(known.bytes))
      return CachedAnswer(bytes: known.bytes, source: .fresh(age: known.age))
    }
    do {
      let bytes = try await origin.fetch()
      if origin.keeps(bytes) { await save(bytes, for: key) } else { await remove(key) }
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

  private func load(_ key: String, _ origin: Origin) async -> CachedValue? {
    await load(key).flatMap { origin.keeps($0.bytes) ? $0 : nil }
  }

  private func load(_ key: String) async -> CachedValue? {
    do {
      return try await store.load(key, at: now())
    } catch {
      observe(.cacheFailed(key: key, operation: .load, because: "\(error)"))
      return nil
    }
  }

  private func remove(_ key: String) async {
    do {
      try await store.remove(key)
    } catch {
      observe(.cacheFailed(key: key, operation: .remove, because: "\(error)"))
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
