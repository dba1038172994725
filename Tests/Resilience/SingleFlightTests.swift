import MusterResilience
import Testing

@Suite("A single flight", .timeLimit(.minutes(10)))
struct SingleFlightTests {
  private let clock = HandClock()

  @Test("answers all callers of a key with one fetch")
  func shares() async throws {
    let cache = try cache()
    let gate = Gate()
    try await withThrowingTaskGroup(of: CachedAnswer.self) { group in
      for _ in 0..<50 { group.addTask { try await cache.answer(for: "k", fetch: gate.fetch) } }
      await until { cache.waiting(for: "k") == 49 }
      let other = try await cache.answer(for: "other") { [7] }
      #expect(other.bytes == [7])
      gate.open([1])
      var shared = 0
      for try await answer in group {
        #expect(answer.bytes == [1])
        if answer.source == .shared { shared += 1 }
      }
      #expect(shared == 49)
    }
    #expect(gate.fetches == 1)
    #expect(cache.waiting(for: "k") == nil)
  }

  @Test("fails all callers with the error of one fetch, and is tried again by the next")
  func fails() async throws {
    let cache = try cache()
    let gate = Gate()
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<10 {
        group.addTask {
          do {
            _ = try await cache.answer(for: "k", fetch: gate.fetch)
            return false
          } catch { return error is Down }
        }
      }
      await until { cache.waiting(for: "k") == 9 }
      gate.fail(Down())
      for await hasFailed in group { #expect(hasFailed) }
    }
    #expect(gate.fetches == 1)
    let next = try await cache.answer(for: "k") { [3] }
    #expect(next.bytes == [3])
  }

  @Test("goes on with another caller when the one that fetches is cancelled")
  func leaderCancelled() async throws {
    let cache = try cache()
    let (first, second) = (Gate(), Gate())
    let leader = Task { try await cache.answer(for: "k", fetch: first.fetch) }
    await until { first.fetches == 1 }
    let follower = Task { try await cache.answer(for: "k", fetch: second.fetch) }
    await until { cache.waiting(for: "k") == 1 }
    leader.cancel()
    await #expect(throws: CancellationError.self) { try await leader.value }
    await until { second.fetches == 1 }
    second.open([2])
    #expect(try await follower.value.bytes == [2])
  }

  @Test("lets a caller that waits go when it is cancelled, and nobody else")
  func followerCancelled() async throws {
    let cache = try cache()
    let gate = Gate()
    let leader = Task { try await cache.answer(for: "k", fetch: gate.fetch) }
    await until { gate.fetches == 1 }
    let follower = Task { try await cache.answer(for: "k", fetch: gate.fetch) }
    await until { cache.waiting(for: "k") == 1 }
    follower.cancel()
    await #expect(throws: CancellationError.self) { try await follower.value }
    #expect(cache.waiting(for: "k") == 0)
    gate.open([1])
    #expect(try await leader.value.source == .fetched)
  }

  @Test("ends each of many calls that come and are cancelled at random moments")
  func storm() async throws {
    let cache = try cache()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<2_000 {
        group.addTask {
          let call = Task {
            try await cache.answer(for: "k\(number % 3)") { [clock] in
              await Task.yield()
              try Task.checkCancellation()
              clock.advance(by: .seconds(100))
              return [1]
            }
          }
          if number.isMultiple(of: 3) { call.cancel() }
          _ = await call.result
        }
      }
    }
    for key in 0..<3 { #expect(cache.waiting(for: "k\(key)") == nil) }
  }

  private func cache() throws -> ResponseCache {
    try ResponseCache(store: MemoryCacheStore(), now: { [clock] in clock.now })
  }
}
