public import MusterRedis

/// Where a shared cache is, and what it may cost.
public struct RedisCacheSettings: Sendable, Hashable, CustomStringConvertible {
  /// Where Redis listens; 127.0.0.1:6379 by default. Finding the address of a host's name may take longer than the timeouts:
  /// that is up to the system.
  public var address: RedisAddress
  /// The number of the database: 0 … 65,535, by default 0.
  public var database: Int
  /// The user to log in as; nil, the default, for Redis' own default user. It takes a password.
  public var username: String?
  /// The password to log in with; nil, the default, for no login.
  public var password: String?
  /// What every key starts with, so that others can use the same database: at most 1,024 bytes, by default `muster:cache:`.
  public var keyPrefix: String
  /// The longest wait for a connection: 1 ms … 60 s, by default 200 ms. It is part of the command timeout.
  public var connectTimeout: Duration
  /// The longest time for a load, save or remove: 1 ms … 60 s, by default 200 ms. It should be well below what a fetch takes.
  public var commandTimeout: Duration
  /// How many connections are kept, with a thread each: 1 … 64, by default 2.
  public var connections: Int
  /// How many calls may wait for a connection, further ones failing at once: 1 … 100,000, by default 256.
  public var maximumWaiting: Int
  /// The most bytes of an answer; longer ones are not kept: 1 … 64 MiB, by default 1 MiB.
  public var maximumValueBytes: Int
  /// How long Redis is left alone after a failure. It doubles with each further one up to ``longestPause``.
  /// 1 ms … 10 min, by default 100 ms.
  public var shortestPause: Duration
  /// The most that the pause grows to: 1 ms … 10 min, by default 5 s.
  public var longestPause: Duration

  /// Settings with these values; the store's `init` checks them.
  public init(
    address: RedisAddress = .tcp(host: "127.0.0.1", port: 6379), database: Int = 0, username: String? = nil,
    password: String? = nil, keyPrefix: String = "muster:cache:", connectTimeout: Duration = .milliseconds(200),
    commandTimeout: Duration = .milliseconds(200), connections: Int = 2, maximumWaiting: Int = 256,
    maximumValueBytes: Int = 1 << 20, shortestPause: Duration = .milliseconds(100), longestPause: Duration = .seconds(5)
  ) {
    self.address = address
    self.database = database
    self.username = username
    self.password = password
    self.keyPrefix = keyPrefix
    self.connectTimeout = connectTimeout
    self.commandTimeout = commandTimeout
    self.connections = connections
    self.maximumWaiting = maximumWaiting
    self.maximumValueBytes = maximumValueBytes
    self.shortestPause = shortestPause
    self.longestPause = longestPause
  }

  /// Where the cache is, without the password.
  public var description: String {
    let user = username.map { "\($0)@" } ?? ""
    return "Redis at \(user)\(address), database \(database), keys \(keyPrefix)…"
  }
}
