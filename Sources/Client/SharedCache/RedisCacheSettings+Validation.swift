internal import MusterRedis

extension RedisCacheSettings {
  /// Refuses what makes no sense.
  ///
  /// - Throws: ``RedisError/Code/invalidSetting`` with the setting, its value (unless it is a password) and what is allowed.
  public func validate() throws(RedisError) {
    try validateAddress()
    try Self.check("database", database, 0...65_535)
    try validateLogin()
    guard keyPrefix.utf8.count <= 1_024, keyPrefix.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw Self.invalid(
        "keyPrefix", Self.shortened(keyPrefix), allowed: "at most 1024 bytes, without spaces and control characters")
    }
    let timeouts = Duration.milliseconds(1)...Duration.seconds(60)
    try Self.check("connectTimeout", connectTimeout, timeouts)
    try Self.check("commandTimeout", commandTimeout, timeouts)
    try Self.check("connections", connections, 1...64)
    try Self.check("maximumWaiting", maximumWaiting, 1...100_000)
    try Self.check("maximumValueBytes", maximumValueBytes, 1...64 << 20)
    let pauses = Duration.milliseconds(1)...Duration.seconds(600)
    try Self.check("longestPause", longestPause, pauses)
    try Self.check("shortestPause", shortestPause, pauses.lowerBound...longestPause)
  }

  private func validateAddress() throws(RedisError) {
    switch address {
    case .tcp(let host, let port):
      guard (1...255).contains(host.utf8.count), host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw Self.invalid("host", Self.shortened(host), allowed: "1 … 255 printable characters without spaces")
      }
      try Self.check("port", port, 1...65_535)
    case .unixSocket(let path):
      // The system has room for 107 bytes and the one that ends them.
      guard path.hasPrefix("/"), path.utf8.count <= 107, !path.utf8.contains(0) else {
        throw Self.invalid("path", Self.shortened(path), allowed: "an absolute path of at most 107 bytes")
      }
    }
  }

  private func validateLogin() throws(RedisError) {
    if let username {
      guard (1...1_024).contains(username.utf8.count) else {
        throw Self.invalid("username", Self.shortened(username), allowed: "1 … 1024 bytes")
      }
      guard password != nil else {
        throw Self.invalid("username", Self.shortened(username), allowed: "only with a password")
      }
    }
    guard let password else { return }
    guard (1...1_024).contains(password.utf8.count) else {
      throw Self.invalid("password", "of \(password.utf8.count) bytes", allowed: "1 … 1024 bytes")
    }
  }

  private static func check<Value: CustomStringConvertible>(
    _ name: String, _ value: Value, _ allowed: ClosedRange<Value>
  ) throws(RedisError) {
    guard allowed.contains(value) else {
      throw invalid(name, value.description, allowed: "\(allowed.lowerBound) … \(allowed.upperBound)")
    }
  }

  static func invalid(_ name: String, _ value: String, allowed: String) -> RedisError {
    RedisError(.invalidSetting, "RedisCacheSettings.\(name) is \(value); allowed: \(allowed)")
  }

  /// The start of a text from outside, in quotes and on one line.
  static func shortened(_ text: some StringProtocol) -> String { String(text.prefix(100)).debugDescription }
}
