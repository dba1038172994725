import MusterSharedCache
import Testing

@Suite("A cache store in Redis", .timeLimit(.minutes(1)))
struct RedisCacheStoreTests {
  private let redis: RedisServer
  private let store: RedisCacheStore

  init() throws {
    redis = try RedisServer()
    store = try RedisCacheStore(.local(redis.port))
  }

  @Test("gives back what was saved last, whatever its bytes", arguments: [0, 1, 255, 100_000, 1 << 20])
  func saves(size: Int) async throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try await store.load("k", at: .now) == nil)
    try await store.save([9], for: "k", lifetime: .seconds(60), at: .now)
    try await store.save(bytes, for: "k", lifetime: .seconds(60), at: .now)
    #expect(try await store.load("k", at: .now)?.bytes == bytes)
    #expect(try await store.load("K", at: .now) == nil)
  }

  @Test(
    "takes any text as a key", arguments: ["", " ", "a\r\nDEL b", "\0", "Zoë 🎈", String(repeating: "k", count: 65_536)])
  func keys(key: String) async throws {
    try await store.save([1], for: key, lifetime: .seconds(60), at: .now)
    #expect(try await store.load(key, at: .now)?.bytes == [1])
    try await store.remove(key)
    #expect(try await store.load(key, at: .now) == nil)
    try await store.remove(key)
  }

  @Test("forgets an answer when its time is over")
  func expires() async throws {
    try await store.save([1], for: "k", lifetime: .milliseconds(20), at: .now)
    try await until("the answer has expired") { try await store.load("k", at: .now) == nil }
    try await store.save([1], for: "k", lifetime: .seconds(60), at: .now)
    try await store.save([1], for: "k", lifetime: .zero, at: .now)
    #expect(try await store.load("k", at: .now) == nil)
    try await store.save([1], for: "k", lifetime: .seconds(Int64.max), at: .now)
    #expect(try await store.load("k", at: .now)?.bytes == [1])
  }

  @Test("tells the same age to processes whose clocks differ by days")
  func age() async throws {
    let other = try RedisCacheStore(.local(redis.port))
    let start = ContinuousClock.now
    try await store.save([1], for: "k", lifetime: .seconds(60), at: start + .seconds(500_000))
    let young = try #require(await other.load("k", at: start - .seconds(500_000)))
    // Redis counts whole milliseconds.
    #expect(young.age <= start.duration(to: .now) + .milliseconds(1))
    // As if 40 s had passed.
    try redis.command("PEXPIRE muster:cache:k 20000")
    let old = try #require(await other.load("k", at: start - .seconds(500_000)))
    #expect(old.age >= .seconds(40) && old.age <= .seconds(41) + start.duration(to: .now))
  }

  @Test(
    "reports a value that is no cached answer",
    arguments: [
      ("SET muster:cache:k hello", RedisError.Code.invalidValue),
      ("SET muster:cache:k MCHE", .invalidValue),
      (#"SET muster:cache:k "MCHE\x01\x00\x00\x00\x00\x00\x00\x00\x00" PX 100000"#, .invalidValue),
      (#"SET muster:cache:k "MCHE\x02\x00\x00\x00\x00\x00\x01\x00\x00" PX 100000"#, .invalidValue),
      // It never expires, or later than its lifetime allows.
      (#"SET muster:cache:k "MCHE\x01\x00\x00\x00\x00\x00\x01\x00\x00""#, .invalidValue),
      (#"SET muster:cache:k "MCHE\x01\x00\x00\x00\x00\x00\x01\x00\x00" PX 100000"#, .invalidValue),
      ("LPUSH muster:cache:k hello", .refused),
      ("SETBIT muster:cache:k 80000000 1", .tooLarge),
    ])
  func foreignValues(command: String, expected: RedisError.Code) async throws {
    #expect(try !redis.command(command).hasPrefix("-"))
    #expect(await code { try await store.load("k", at: .now) } == expected)
    // The connection is as good as before.
    try await store.save([1], for: "k", lifetime: .seconds(60), at: .now)
    #expect(try await store.load("k", at: .now)?.bytes == [1])
  }

  @Test("does not keep an answer that is too large, nor the one before it")
  func tooLarge() async throws {
    let small = try RedisCacheStore(.local(redis.port) { $0.maximumValueBytes = 10 })
    try await small.save([1], for: "k", lifetime: .seconds(60), at: .now)
    #expect(
      await code {
        try await small.save(Array(repeating: 1, count: 11), for: "k", lifetime: .seconds(60), at: .now)
      } == .tooLarge)
    #expect(try await small.load("k", at: .now) == nil)
    try await store.save(Array(repeating: 1, count: 11), for: "k", lifetime: .seconds(60), at: .now)
    #expect(await code { try await small.load("k", at: .now) } == .tooLarge)
    #expect(await code { try await small.load(String(repeating: "k", count: 65_537), at: .now) } == .invalidArgument)
  }

  @Test("keeps prefixes and databases apart")
  func apart() async throws {
    let prefixed = try RedisCacheStore(.local(redis.port) { $0.keyPrefix = "other:" })
    let numbered = try RedisCacheStore(.patient(url: "redis://127.0.0.1:\(redis.port)/3"))
    try await store.save([1], for: "k", lifetime: .seconds(60), at: .now)
    #expect(try await prefixed.load("k", at: .now) == nil)
    #expect(try await numbered.load("k", at: .now) == nil)
    #expect(try redis.command("EXISTS muster:cache:k") == ":1\r\n")
    let none = try RedisCacheStore(.local(redis.port) { $0.database = 99 })
    #expect(await code { try await none.load("k", at: .now) } == .refused)
  }

  @Test("is used by many tasks at once over a few connections")
  func concurrency() async throws {
    try await withThrowingTaskGroup { group in
      for task in 0..<50 {
        group.addTask { [store] in
          let bytes = Array(repeating: UInt8(task), count: task * 100)
          for _ in 0..<20 {
            try await store.save(bytes, for: "k\(task)", lifetime: .seconds(60), at: .now)
            #expect(try await store.load("k\(task)", at: .now)?.bytes == bytes)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try redis.command("INFO clients").contains("connected_clients:3"))
  }
}
