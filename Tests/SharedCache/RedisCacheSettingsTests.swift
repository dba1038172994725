import MusterSharedCache
import MusterTestSupport
import Testing

@Suite("Settings of a cache in Redis")
struct RedisCacheSettingsTests {
  private static let bad: [(String, @Sendable (inout RedisCacheSettings) -> Void)] = [
    ("host is \"\"", { $0.address = .tcp(host: "", port: 1) }),
    ("host is \"a b\"", { $0.address = .tcp(host: "a b", port: 1) }),
    ("host is \"a\\0b\"", { $0.address = .tcp(host: "a\0b", port: 1) }),
    ("port is 0; allowed: 1 … 65535", { $0.address = .tcp(host: "a", port: 0) }),
    ("port is 65536", { $0.address = .tcp(host: "a", port: 65_536) }),
    ("path is \"\"", { $0.address = .unixSocket(path: "") }),
    ("path is \"redis.sock\"; allowed: an absolute path", { $0.address = .unixSocket(path: "redis.sock") }),
    ("path is", { $0.address = .unixSocket(path: "/" + String(repeating: "a", count: 107)) }),
    ("database is -1; allowed: 0 … 65535", { $0.database = -1 }),
    ("username is \"me\"; allowed: only with a password", { $0.username = "me" }),
    ("username is \"\"", { ($0.username, $0.password) = ("", "p") }),
    ("password is of 0 bytes", { $0.password = "" }),
    ("password is of 1025 bytes", { $0.password = String(repeating: "p", count: 1_025) }),
    ("keyPrefix is \"a b\"", { $0.keyPrefix = "a b" }),
    ("keyPrefix is", { $0.keyPrefix = String(repeating: "a", count: 1_025) }),
    ("connectTimeout is 0.0 seconds; allowed: 0.001 seconds … 60.0 seconds", { $0.connectTimeout = .zero }),
    ("commandTimeout is 61.0 seconds", { $0.commandTimeout = .seconds(61) }),
    ("connections is 0; allowed: 1 … 64", { $0.connections = 0 }),
    ("connections is 65", { $0.connections = 65 }),
    ("maximumWaiting is 0", { $0.maximumWaiting = 0 }),
    ("maximumValueBytes is 0", { $0.maximumValueBytes = 0 }),
    ("maximumValueBytes is 67108865; allowed: 1 … 67108864", { $0.maximumValueBytes = 64 << 20 | 1 }),
    ("shortestPause is 0.0 seconds", { $0.shortestPause = .zero }),
    ("shortestPause is 6.0 seconds; allowed: 0.001 seconds … 5.0 seconds", { $0.shortestPause = .seconds(6) }),
    ("longestPause is 601.0 seconds", { $0.longestPause = .seconds(601) }),
  ]

  @Test("that make no sense are refused with the value and what is allowed", arguments: 0..<bad.count)
  func refused(index: Int) {
    let (text, change) = Self.bad[index]
    var settings = RedisCacheSettings()
    change(&settings)
    let error = #expect(throws: RedisError.self) { try RedisCacheStore(settings) }
    #expect(error?.code == .invalidSetting)
    #expect(error?.message.contains("RedisCacheSettings.\(text)") == true, "\(error?.message ?? "")")
  }

  @Test(
    "come from a URL",
    arguments: [
      ("redis://example", RedisAddress.tcp(host: "example", port: 6_379), nil, nil, 0),
      ("REDIS://10.0.0.1:1/", .tcp(host: "10.0.0.1", port: 1), nil, nil, 0),
      ("redis://[::1]", .tcp(host: "::1", port: 6_379), nil, nil, 0),
      ("redis://[::1]:7/65535", .tcp(host: "::1", port: 7), nil, nil, 65_535),
      ("redis://:secret@h:7/2", .tcp(host: "h", port: 7), nil, "secret", 2),
      ("redis://me:a%40%3a%2F@h", .tcp(host: "h", port: 6_379), "me", "a@:/", 0),
      ("redis://me:a@b:c@h", .tcp(host: "h", port: 6_379), "me", "a@b:c", 0),
    ] as [(String, RedisAddress, String?, String?, Int)])
  func url(text: String, address: RedisAddress, username: String?, password: String?, database: Int) throws {
    let settings = try RedisCacheSettings(url: text)
    let expected = RedisCacheSettings(address: address, database: database, username: username, password: password)
    #expect(settings == expected)
  }

  @Test(
    "are refused where a URL can't be read, without telling the password",
    arguments: [
      ("", "url.scheme is \"\""), ("example", "url.scheme is \"example\""), ("http://h", "url.scheme is \"http\""),
      ("rediss://:hunter2@h", "url.scheme is \"rediss\"; allowed: redis, without TLS"),
      ("redis:", "url.scheme"), ("redis://", "host is \"\""), ("redis://:6379", "host is \"\""),
      ("redis://h:", "url.port is \"\""), ("redis://h:x", "url.port is \"x\""), ("redis://h:+1", "url.port is \"+1\""),
      ("redis://h:0", "port is 0"), ("redis://h:99999", "port is 99999"),
      ("redis://h:99999999999999999999", "url.port is"), ("redis://[::1", "url.host is \"[::1\""),
      ("redis://[::1]x", "url.port is"), ("redis://h/x", "url.database is \"/x\""), ("redis://h/1/2", "url.database"),
      ("redis://h/-1", "url.database"), ("redis://h/65536", "database is 65536"), ("redis://h?db=1", "url.database"),
      ("redis://hunter2@h", "url.user is without a password"), ("redis://me:@h", "password is of 0 bytes"),
      ("redis://me:hunter2%@h", "url.user is not well encoded"),
      ("redis://me:hunter2%ff@h", "url.user is not well encoded"),
      ("redis://me:hunter2%+1@h", "url.user is not well encoded"),
      ("redis://" + String(repeating: "h", count: 8_192), "url is of 8200 bytes"),
    ])
  func badURL(text: String, reason: String) {
    let error = #expect(throws: RedisError.self) { try RedisCacheSettings(url: text) }
    #expect(error?.code == .invalidSetting)
    #expect(error?.message.contains("RedisCacheSettings.\(reason)") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("hunter2") == false)
  }

  @Test("print without the password")
  func description() throws {
    let settings = try RedisCacheSettings(url: "redis://me:hunter2@[::1]:7/2")
    #expect("\(settings)" == "Redis at me@[::1]:7, database 2, keys muster:cache:…")
  }

  @Test("are read from a URL or refused but never crash", arguments: [1, 2, 3, 4] as [UInt64])
  func random(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let parts = ["redis://", "a", "@", ":", "/", "[", "]", "%", "4", "1", "é", "?", "#", "\0", "%41", "65536"]
    var accepted = 0
    for _ in 0..<5_000 {
      let tail = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in parts.randomElement(using: &random) }
      guard let settings = try? RedisCacheSettings(url: "redis://" + tail.joined()) else { continue }
      accepted += 1
      #expect(throws: Never.self) { try settings.validate() }
    }
    #expect(accepted > 0)
  }
}
