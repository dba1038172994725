import MusterSharedCache
import MusterTestSupport
import Testing

@Suite("A cache store whose server is not Redis", .timeLimit(.minutes(1)))
struct OddServerTests {
  @Test(
    "says what is wrong with the answers",
    arguments: [
      (OddServer.Behaviour.say("HTTP/1.1 400 Bad Request\r\n\r\n"), RedisError.Code.invalidAnswer),
      (.say("\0\0\0\0"), .invalidAnswer),
      (.say("*1000000000\r\n"), .invalidAnswer),
      (.say("%1\r\n+a\r\n+b\r\n"), .invalidAnswer),
      (.say(":1\r\n*1\r\n:1\r\n"), .invalidAnswer),
      (.say(":abc\r\n"), .invalidAnswer),
      (.say("$99999999999999999999\r\n"), .invalidAnswer),
      (.say("$-7\r\n"), .invalidAnswer),
      (.say("+OK\r\n+OK\r\n"), .invalidAnswer),
      (.say(":1\r\n$-1\r\n"), .invalidAnswer),
      (.say(":1\r\n:1\r\n:1\r\n"), .invalidAnswer),
      (.say(":1\r\n$5\r\nhello\r\n"), .invalidValue),
      (.say("-ERR \u{1B}[31m no\r\n-ERR no\r\n"), .refused),
      (.flood("", "+"), .tooLarge),
      (.flood("", String(repeating: "a", count: 65_536)), .invalidAnswer),
      (.flood(":1\r\n$2000000000\r\n", String(repeating: "a", count: 65_536)), .tooLarge),
      (.hangUp, .connectionLost),
    ])
  func nonsense(behaviour: OddServer.Behaviour, expected: RedisError.Code) async throws {
    let server = try OddServer(behaviour)
    // The server takes one connection at a time.
    let store = try RedisCacheStore(.local(server.port) { $0.connections = 1 })
    #expect(await code { try await store.load("k", at: .now) } == expected)
    let cache = try ResponseCache(store: store, now: { .now })
    for number in 0..<10 {
      #expect(try await cache.answer(for: "\(number)") { [1] }.source == .fetched)
    }
    withExtendedLifetime(server) {}
  }

  @Test("gives up after the command timeout", arguments: [OddServer.Behaviour.silence, .trickle, .say("$5\r\nhe")])
  func slow(behaviour: OddServer.Behaviour) async throws {
    let server = try OddServer(behaviour)
    let store = try RedisCacheStore(
      .local(server.port) { settings in
        settings.commandTimeout = .milliseconds(300)
        settings.connections = 1
        settings.shortestPause = .seconds(60)
        settings.longestPause = .seconds(60)
      })
    // All at once over one connection: the first waits in vain, and the others with it rather than after it.
    let start = ContinuousClock.now
    let failures = await withTaskGroup(of: RedisError?.self) { group in
      for number in 0..<100 { group.addTask { await failure { try await store.load("\(number)", at: .now) } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(failures.allSatisfy { $0?.code == .timedOut || $0?.code == .paused })
    #expect(failures.count { $0?.message.hasSuffix("did not answer in time") == true && $0?.code == .timedOut } == 1)
    #expect(start.duration(to: .now) >= .milliseconds(300))
    // One after the other they would take 30 s.
    #expect(start.duration(to: .now) < .seconds(15))
    withExtendedLifetime(server) {}
  }

  @Test("turns calls away when enough of them wait")
  func overloaded() async throws {
    let server = try OddServer(.silence)
    let store = try RedisCacheStore(
      .local(server.port) { settings in
        settings.commandTimeout = .milliseconds(500)
        settings.connections = 1
        settings.maximumWaiting = 3
      })
    let codes = await withTaskGroup(of: RedisError.Code?.self) { group in
      for number in 0..<100 { group.addTask { await code { try await store.load("\(number)", at: .now) } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(codes.contains(.overloaded) && codes.contains(.timedOut))
    withExtendedLifetime(server) {}
  }

  @Test("never fails a call with random answers", arguments: [1, 2, 3, 4] as [UInt64])
  func random(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let parts = [
      ":", "$", "+", "-", "*", "0", "1", "3", "-1", "-2", "\r\n", "\r\n", "\r\n", "abc", "MCHE\u{1}", "\0", "é",
    ]
    for _ in 0..<25 {
      let answer = (1...12).compactMap { _ in parts.randomElement(using: &random) }.joined()
      let server = try OddServer(.say(answer))
      let store = try RedisCacheStore(
        .local(server.port) { settings in
          settings.connections = 1
          // What is only a part of an answer is waited for.
          settings.commandTimeout = .milliseconds(20)
        })
      let cache = try ResponseCache(store: store, now: { .now })
      #expect(try await cache.answer(for: "k") { [1] }.source == .fetched, "\(answer.debugDescription)")
      withExtendedLifetime(server) {}
    }
  }
}
