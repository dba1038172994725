import MusterResilience
import Testing

@Suite("A response cache", .timeLimit(.minutes(1)))
struct ResponseCacheTests {
  private let clock = HandClock()
  private let log = EventLog()

  @Test("serves an answer within its lifetime and fetches it afterwards")
  func lifetime() async throws {
    let cache = try cache(.init(lifetime: .seconds(10)))
    let first = try await cache.answer(for: "k") { [1] }
    #expect(first.source == .fetched)
    clock.advance(by: .seconds(9))
    let second = try await cache.answer(for: "k") { [2] }
    #expect(second.bytes == [1] && second.source == .fresh(age: .seconds(9)))
    clock.advance(by: .seconds(1))
    let third = try await cache.answer(for: "k") { [3] }
    #expect(third.bytes == [3] && third.source == .fetched)
    try await cache.forget("k")
    #expect(await cache.lastAnswer(for: "k") == nil)
    #expect(log.events == [])
  }

  @Test("serves a stale answer when fetching fails, as long as it may")
  func staleIfError() async throws {
    let cache = try cache(.init(lifetime: .seconds(10), staleIfError: .seconds(60)))
    _ = try await cache.answer(for: "k") { [1] }
    clock.advance(by: .seconds(69))
    let stale = try await cache.answer(for: "k") { throw Down() }
    #expect(stale.bytes == [1])
    #expect(stale.source == .stale(age: .seconds(69), because: .fetchFailed("it is down")))
    #expect(log.events == [.staleServed(key: "k", age: .seconds(69), because: .fetchFailed("it is down"))])
    clock.advance(by: .seconds(1))
    await #expect(throws: Down.self) { try await cache.answer(for: "k") { throw Down() } }
  }

  @Test("keeps no answer that may not be kept, and takes none from the store")
  func keeping() async throws {
    let cache = try cache(.init(lifetime: .seconds(10)))
    let isEven: @Sendable ([UInt8]) -> Bool = { $0.allSatisfy { $0.isMultiple(of: 2) } }
    _ = try await cache.answer(for: "k") { [1] }
    #expect(try await cache.answer(for: "k", keeping: isEven) { [3] }.source == .fetched)
    #expect(await cache.lastAnswer(for: "k") == nil)
    #expect(try await cache.answer(for: "k", keeping: isEven) { [4] }.source == .fetched)
    #expect(try await cache.answer(for: "k", keeping: isEven) { [6] }.bytes == [4])
    #expect(log.events == [])
  }

  @Test("counts a store that fails as having nothing, and says so")
  func brokenStore() async throws {
    let cache = try ResponseCache(store: BrokenStore(), now: { clock.now }, observe: log.add)
    let answer = try await cache.answer(for: "k") { [1] }
    #expect(answer.source == .fetched)
    #expect(
      log.events == [
        .cacheFailed(key: "k", operation: .load, because: "it is down"),
        .cacheFailed(key: "k", operation: .save, because: "it is down"),
      ])
  }

  @Test("serves a stale answer at once while it fetches a new one, once")
  func revalidates() async throws {
    let cache = try cache(.init(lifetime: .seconds(10), staleWhileRevalidate: .seconds(10)))
    let gate = Gate()
    _ = try await cache.answer(for: "k") { [1] }
    clock.advance(by: .seconds(15))
    try await withThrowingTaskGroup { group in
      group.addTask { await cache.run() }
      // Until it runs, callers fetch for themselves.
      await until { cache.isRevalidating }
      let stale = try await cache.answer(for: "k", fetch: gate.fetch)
      #expect(stale.bytes == [1] && stale.source == .stale(age: .seconds(15), because: .revalidating))
      await until { gate.fetches == 1 }
      let again = try await cache.answer(for: "k") { [9] }
      #expect(again.source == .stale(age: .seconds(15), because: .revalidating))
      gate.open([2])
      while await cache.lastAnswer(for: "k")?.bytes != [2] { await Task.yield() }
      group.cancelAll()
    }
    #expect(gate.fetches == 1)
  }

  @Test(
    "refuses settings that make no sense",
    arguments: [
      ResponseCache.Settings(lifetime: .zero), .init(staleWhileRevalidate: .seconds(-1)),
      .init(staleIfError: .seconds(100_000)), .init(maximumRevalidations: 0),
    ])
  func refuses(settings: ResponseCache.Settings) {
    #expect(throws: ResilienceError.self) { try cache(settings) }
  }

  private func cache(_ settings: ResponseCache.Settings) throws -> ResponseCache {
    try ResponseCache(settings, store: MemoryCacheStore(), now: { [clock] in clock.now }, observe: log.add)
  }
}
