import MusterSharedCache
import Testing

@Suite("Logging in to Redis", .timeLimit(.minutes(1)))
struct LoginTests {
  private let redis: RedisServer

  init() throws {
    redis = try RedisServer(["--requirepass", "s3 cret%", "--user", "worker", "on", ">pw", "~muster:*", "+@all"])
  }

  @Test("works with a password, and with a user and a password", arguments: [":s3%20cret%25", "worker:pw"])
  func works(login: String) async throws {
    let store = try RedisCacheStore(.patient(url: "redis://\(login)@localhost:\(redis.port)"))
    try await store.save([1], for: "k", lifetime: .seconds(60), at: .now)
    #expect(try await store.load("k", at: .now)?.bytes == [1])
  }

  @Test(
    "fails clearly without a password and with a wrong one", arguments: ["", ":wrong@", "worker:wrong@", "nobody:pw@"])
  func fails(login: String) async throws {
    let store = try RedisCacheStore(.patient(url: "redis://\(login)127.0.0.1:\(redis.port)"))
    let error = await #expect(throws: RedisError.self) { try await store.load("k", at: .now) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains("Redis") == true && error?.message.contains("wrong@") == false)
  }

  @Test("goes over a socket of the machine as well")
  func unixSocket() async throws {
    var settings = RedisCacheSettings(address: .unixSocket(path: redis.socketPath), password: "s3 cret%")
    settings.commandTimeout = .seconds(10)
    let store = try RedisCacheStore(settings)
    try await store.save([1], for: "k", lifetime: .seconds(60), at: .now)
    #expect(try await store.load("k", at: .now)?.bytes == [1])
  }
}
