internal import MusterRedis
public import MusterResilience

/// Answers kept in Redis, so that all processes that use the same Redis share them.
///
/// It takes the commands `GETRANGE`, `PTTL`, `SET` and `DEL`, and `AUTH` and `SELECT` where the settings say so. All methods
/// end within the command timeout, cancelled or not, and at once while Redis is being left alone after a failure. A
/// ``ResponseCache`` counts what they throw as having nothing.
public final class RedisCacheStore: CacheStore {
  /// The longest key, without the prefix.
  private static let maximumKeyBytes = 65_536

  private let settings: RedisCacheSettings
  private let client: RedisClient

  /// A store that connects when it is first used, so that Redis need not be there yet.
  ///
  /// - Throws: ``RedisError/Code/invalidSetting`` for settings out of range, ``RedisError/Code/unavailable`` when the system
  ///   has no threads for it.
  public init(_ settings: RedisCacheSettings = RedisCacheSettings()) throws(RedisError) {
    try settings.validate()
    self.settings = settings
    client = try RedisClient(RedisOptions(settings))
  }

  /// The answer that was saved last for this key, by any process; nil if there is none, or its time is over.
  ///
  /// Its age comes from Redis, to the millisecond; the time of this process is not used.
  ///
  /// - Throws: ``RedisError`` when Redis has no answer in time, or what it has is no cached answer or is too large.
  public func load(_ key: String, at now: ContinuousClock.Instant) async throws -> CachedValue? {
    let name = try name(of: key)
    let most = settings.maximumValueBytes + CacheEntry.headerBytes
    // The time left is asked for first: if the value is replaced in between, its age is taken for more than it is, which is
    // safe. The range keeps a huge value from being sent; a byte over the limit shows that it is too large.
    let replies = try await client.run([
      ["PTTL".utf8Bytes, name], ["GETRANGE".utf8Bytes, name, "0".utf8Bytes, "\(most)".utf8Bytes],
    ])
    guard case .integer(let left)? = replies.first else { throw Self.unexpected(replies.first, to: "PTTL") }
    guard case .bytes(let bytes)? = replies.last else { throw Self.unexpected(replies.last, to: "GETRANGE") }
    // -2 is no such key. A missing key's range is empty, and no entry is.
    if left == -2 || bytes.isEmpty { return nil }
    guard bytes.count <= most else {
      throw RedisError(.tooLarge, "the value in Redis has more than \(settings.maximumValueBytes) bytes of an answer")
    }
    let entry = try CacheEntry(parsing: bytes)
    return CachedValue(bytes: entry.answer, age: try entry.age(whenLeft: left))
  }

  /// Keeps an answer for this long at most, to the millisecond. One that is too large is not kept, nor is an earlier one.
  ///
  /// - Throws: ``RedisError`` when Redis does not confirm it in time, or the answer is too large.
  public func save(_ bytes: [UInt8], for key: String, lifetime: Duration, at now: ContinuousClock.Instant) async throws
  {
    guard bytes.count <= settings.maximumValueBytes else {
      try await remove(key)
      throw RedisError(.tooLarge, "the answer has \(bytes.count) bytes; allowed: at most \(settings.maximumValueBytes)")
    }
    guard let entry = CacheEntry(answer: bytes, lifetime: lifetime) else { return try await remove(key) }
    let time = "\(entry.lifetimeMilliseconds)".utf8Bytes
    let name = try name(of: key)
    let replies = try await client.run([["SET".utf8Bytes, name, entry.encoded, "PX".utf8Bytes, time]])
    guard replies == [.status("OK")] else { throw Self.unexpected(replies.first, to: "SET") }
  }

  /// Forgets the answer of this key, for all processes.
  ///
  /// - Throws: ``RedisError`` when Redis does not confirm it in time.
  public func remove(_ key: String) async throws {
    let name = try name(of: key)
    let replies = try await client.run([["DEL".utf8Bytes, name]])
    guard case .integer? = replies.first else { throw Self.unexpected(replies.first, to: "DEL") }
  }

  /// The name of a key in Redis.
  private func name(of key: String) throws(RedisError) -> [UInt8] {
    guard key.utf8.count <= Self.maximumKeyBytes else {
      throw RedisError(
        .invalidArgument, "the key has \(key.utf8.count) bytes; allowed: at most \(Self.maximumKeyBytes)")
    }
    return Array(settings.keyPrefix.utf8) + Array(key.utf8)
  }

  private static func unexpected(_ reply: RedisReply?, to command: String) -> RedisError {
    if case .error(let text)? = reply { return RedisError(.refused, "Redis refuses \(command): \(text)") }
    return RedisError(.invalidAnswer, "Redis gives a reply of another kind than \(command) has")
  }
}

extension String {
  fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}

extension RedisOptions {
  init(_ settings: RedisCacheSettings) {
    self.init(address: settings.address)
    username = settings.username
    password = settings.password
    database = settings.database
    connectTimeout = settings.connectTimeout
    commandTimeout = settings.commandTimeout
    connections = settings.connections
    maximumWaiting = settings.maximumWaiting
    // Beside a value and its header: the other reply, and errors.
    maximumReplyBytes = settings.maximumValueBytes + 65_536
    pauses = settings.shortestPause...settings.longestPause
  }
}
