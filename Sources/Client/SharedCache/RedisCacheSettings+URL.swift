internal import MusterRedis

extension RedisCacheSettings {
  /// Settings that are the defaults but for what a URL says: `redis://[[user]:password@]host[:port][/database]`.
  ///
  /// An IPv6 address stands in brackets. Percent-encoded characters are decoded in the user and the password.
  ///
  /// - Throws: ``RedisError/Code/invalidSetting`` with the part, its value (unless it is a password) and what is allowed.
  public init(url: String) throws(RedisError) {
    self.init()
    guard url.utf8.count <= 8_192 else {
      throw Self.invalid("url", "of \(url.utf8.count) bytes", allowed: "at most 8192 bytes")
    }
    let scheme = "redis://"
    guard url.prefix(scheme.count).lowercased() == scheme else {
      // All before the colon, since a password may follow.
      let found = Self.shortened(url.prefix { $0 != ":" })
      throw Self.invalid(
        "url.scheme", found, allowed: "redis, without TLS: redis://[[user]:password@]host[:port][/database]")
    }
    let rest = url.dropFirst(scheme.count)
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    var authority = rest[..<end]
    if let at = authority.lastIndex(of: "@") {
      try readLogin(authority[..<at])
      authority = authority[authority.index(after: at)...]
    }
    try readAddress(authority)
    try readDatabase(rest[end...])
    try validate()
  }

  private mutating func readLogin(_ text: Substring) throws(RedisError) {
    guard let colon = text.firstIndex(of: ":") else {
      throw Self.invalid("url.user", "without a password", allowed: "user:password@ or :password@")
    }
    guard let user = PercentDecoding.decode(text[..<colon]),
      let password = PercentDecoding.decode(text[text.index(after: colon)...])
    else {
      throw Self.invalid("url.user", "not well encoded", allowed: "UTF-8, with others than letters and digits as %XX")
    }
    username = user.isEmpty ? nil : user
    self.password = password
  }

  private mutating func readAddress(_ text: Substring) throws(RedisError) {
    var host = text
    var port: Substring = ":6379"
    if text.hasPrefix("[") {
      guard let bracket = text.firstIndex(of: "]") else {
        throw Self.invalid("url.host", Self.shortened(text), allowed: "[address], for IPv6")
      }
      host = text[text.index(after: text.startIndex)..<bracket]
      if text.index(after: bracket) < text.endIndex { port = text[text.index(after: bracket)...] }
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      port = text[colon...]
    }
    guard port.hasPrefix(":"), let number = Self.number(port.dropFirst()) else {
      throw Self.invalid("url.port", Self.shortened(port.dropFirst()), allowed: "1 … 65535")
    }
    address = .tcp(host: String(host), port: number)
  }

  private mutating func readDatabase(_ text: Substring) throws(RedisError) {
    if text.isEmpty || text == "/" { return }
    guard text.hasPrefix("/"), let number = Self.number(text.dropFirst()) else {
      throw Self.invalid("url.database", Self.shortened(text), allowed: "/0 … /65535, and nothing behind it")
    }
    database = number
  }

  /// A number of digits alone, where `Int` would also take a sign.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
