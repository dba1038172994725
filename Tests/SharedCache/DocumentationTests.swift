internal import MusterResilience
internal import MusterSharedCache
internal import Testing

/// The examples of docs/resilience.md.
@Suite("The examples of caches")
struct DocumentationTests {
  private func fetchUser(_ number: Int) -> [UInt8] { Array("user \(number)".utf8) }

  @Test("keep an answer in memory")
  func memory() async throws {
    let cache = try ResponseCache(
      .init(lifetime: .seconds(10), staleWhileRevalidate: .seconds(5), staleIfError: .seconds(300)),
      store: MemoryCacheStore(maximumCount: 10_000, maximumBytes: 64 << 20),
      now: { .now }, observe: { print($0) })

    let answer = try await cache.answer(for: "users/42") { fetchUser(42) }
    #expect(answer.source == .fetched)
    #expect(try await cache.answer(for: "users/42") { fetchUser(43) }.bytes == fetchUser(42))
  }

  @Test("fetch while Redis can't be reached")
  func redis() async throws {
    var settings = try RedisCacheSettings(url: "redis://:secret@127.0.0.1:1/2")
    settings.keyPrefix = "shop:cache:"
    let cache = try ResponseCache(store: RedisCacheStore(settings), now: { .now }, observe: { print($0) })
    #expect(try await cache.answer(for: "users/42") { fetchUser(42) }.bytes == fetchUser(42))
  }
}
