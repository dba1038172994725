import MusterSharedCache
import MusterThreading
import Testing

@Suite("A response cache whose Redis fails", .timeLimit(.minutes(10)))
struct OutageTests {
  private let redis: RedisServer
  private let log = EventLog()
  private let tally = Tally()

  init() throws {
    redis = try RedisServer()
  }

  /// Where answers came from.
  private final class Tally: Sendable {
    private let counts = Locked((hits: 0, misses: 0, isOver: false))

    var hits: Int { counts.withLock { $0.hits } }
    var misses: Int { counts.withLock { $0.misses } }
    var isOver: Bool { counts.withLock { $0.isOver } }

    func add(_ source: CachedAnswer.Source) {
      counts.withLock { counts in
        if case .fresh = source { counts.hits += 1 } else { counts.misses += 1 }
      }
    }

    func reset() { counts.withLock { $0 = (0, 0, false) } }
    func end() { counts.withLock { $0.isOver = true } }
  }

  @Test("fetches while Redis is dead, never fails, and hits again after a restart")
  func killedAndRestarted() async throws {
    let store = try RedisCacheStore(.local(redis.port))
    let cache = try ResponseCache(store: store, now: { .now }, observe: log.add)
    try await withThrowingTaskGroup { group in
      for task in 0..<4 {
        group.addTask { [tally] in
          while !tally.isOver {
            let answer = try await cache.answer(for: "key-\(task % 2)") { [UInt8(task % 2)] }
            #expect(answer.bytes == [UInt8(task % 2)])
            tally.add(answer.source)
            await Task.yield()
          }
        }
      }
      defer { tally.end() }
      try await until("the cache is warm") { tally.hits > 200 }
      #expect(log.events == [])
      for _ in 0..<3 {
        redis.kill()
        tally.reset()
        try await until("calls miss") { tally.misses > 200 }
        try redis.start()
        tally.reset()
        try await until("calls hit again") { tally.hits > 200 }
      }
      tally.end()
      try await group.waitForAll()
    }
    let failures = log.events.count { if case .cacheFailed = $0 { true } else { false } }
    #expect(failures == log.events.count && failures > 200)
  }

  @Test("loses no call to a restart between calls")
  func restartedUnnoticed() async throws {
    let store = try RedisCacheStore(.local(redis.port))
    try await store.save([1], for: "k", lifetime: .seconds(60), at: .now)
    redis.kill()
    try redis.start()
    #expect(try await store.load("k", at: .now) == nil)
    try await store.save([2], for: "k", lifetime: .seconds(60), at: .now)
    #expect(try await store.load("k", at: .now)?.bytes == [2])
  }

  @Test("waits for a Redis that stands still no longer than the command timeout, and then not at all")
  func stopped() async throws {
    let store = try RedisCacheStore(
      .local(redis.port) { settings in
        settings.commandTimeout = .milliseconds(300)
        settings.shortestPause = .seconds(60)
        settings.longestPause = .seconds(60)
      })
    let cache = try ResponseCache(store: store, now: { .now }, observe: log.add)
    redis.pause()
    let start = ContinuousClock.now
    for number in 0..<100 {
      let answer = try await cache.answer(for: "\(number)") { [1] }
      #expect(answer.source == .fetched)
    }
    // Every load and save would have taken 0.3 s: a minute together.
    #expect(start.duration(to: .now) < .seconds(30))
    #expect(await code { try await store.load("k", at: .now) } == .paused)
  }

  @Test("is not kept from starting by a Redis that is not there yet")
  func startedLater() async throws {
    redis.kill()
    let store = try RedisCacheStore(.local(redis.port))
    #expect(await code { try await store.load("k", at: .now) } == .couldNotConnect)
    try redis.start()
    try await until("the store finds Redis") { await code { try await store.load("k", at: .now) } == nil }
  }
}
