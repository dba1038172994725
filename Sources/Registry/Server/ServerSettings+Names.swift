internal import MusterCatalog
internal import MusterChecks
internal import MusterHTTPServer
internal import MusterJournal
internal import MusterTiming

extension ServerSettings {
  /// Every setting's name, in the order of the manual page.
  public static let names = [
    "http", "dns", "domain", "recursor", "dns-only-passing", "dns-ttl", "store", "data-dir", "node", "advertise",
    "datacenter", "threads", "enable-exec-checks", "probe-network",
    "protect", "slow-start", "min-deregister-after", "history-count", "history-age", "max-body-bytes",
    "max-header-bytes", "max-target-bytes",
    "max-connections", "max-connections-per-client", "idle-timeout", "cache-bytes", "log-level", "log-format",
  ]

  /// Sets one of them from text.
  ///
  /// - Throws: `ServerError` with the name, the value and what is allowed.
  public mutating func set(_ name: String, to text: String) throws(ServerError) {
    switch name {
    case "http": (httpHost, httpPort) = try Self.address(name, text)
    case "dns": try setDNS(name, text)
    case "domain", "recursor", "dns-only-passing", "dns-ttl": try setDNSDetail(name, text)
    case "store": store = try Self.oneOf(name, text)
    case "data-dir": dataDirectory = try Self.word(name, text)
    case "node": node = try Self.nodeName(name, text)
    case "advertise": advertise = try Self.reachable(name, text)
    case "datacenter": datacenter = try Self.label(name, text)
    case "threads": threads = try Self.number(name, text, in: 1...256)
    case "enable-exec-checks": checks.allowsCommands = try Self.flag(name, text)
    case "probe-network": checks.networks = try Self.networks(name, text)
    case "protect": health.protectedShare = try Self.share(name, text)
    case "slow-start": health.slowStart = try Self.duration(name, text, least: .zero)
    case "min-deregister-after": leastDeregisterAfter = try Self.duration(name, text)
    case "history-count": history.count = try Self.number(name, text, in: 0...100_000_000)
    case "history-age": history.age = try Self.duration(name, text)
    case "max-body-bytes": limits.maxBodyBytes = try Self.number(name, text, in: 1_024...(64 << 20))
    case "max-header-bytes": limits.maxHeaderBytes = try Self.number(name, text, in: 2_048...(1 << 20))
    case "max-target-bytes": limits.maxTargetBytes = try Self.number(name, text, in: 256...(512 << 10))
    case "max-connections": limits.maxConnections = try Self.number(name, text, in: 1...1_000_000)
    case "max-connections-per-client":
      limits.maxConnectionsPerClient = try Self.number(name, text, in: 0...1_000_000)
    case "idle-timeout": limits.idleTimeout = try Self.duration(name, text, atMost: .seconds(86_400))
    case "cache-bytes": cacheBytes = try Self.number(name, text, in: 0...(16 << 30))
    case "log-level": logLevel = try Self.oneOf(name, text)
    case "log-format": logFormat = try Self.oneOf(name, text)
    default:
      throw ServerError(.badSetting, "\(name.debugDescription) is not a setting: \(Self.names.joined(separator: ", "))")
    }
  }

  static func refusal(_ name: String, _ text: String, _ allowed: String) -> ServerError {
    ServerError(.badSetting, "\(name): \(String(text.prefix(80)).debugDescription) is not \(allowed)")
  }

  static func word(_ name: String, _ text: String) throws(ServerError) -> String {
    guard !text.isEmpty, text.utf8.count <= 4_096, !text.utf8.contains(where: { $0 < 0x20 }) else {
      throw refusal(name, text, "a text of 1 to 4096 bytes without control characters")
    }
    return text
  }

  /// An address that others can reach this node at.
  private static func reachable(_ name: String, _ text: String) throws(ServerError) -> String {
    let isWildcard = text == "0.0.0.0" || text == "::" || text == "[::]"
    guard !isWildcard, text.utf8.count <= 256, !text.contains(where: { $0 == " " || $0 == "/" }) else {
      throw refusal(name, text, "an address of this machine that others can reach, such as 10.0.0.5")
    }
    return try word(name, text)
  }

  private static func nodeName(_ name: String, _ text: String) throws(ServerError) -> String {
    guard text.utf8.count <= 256 else { throw refusal(name, text, "a name of 1 to 256 bytes") }
    return try word(name, text)
  }

  /// A name that can stand in a DNS name.
  private static func label(_ name: String, _ text: String) throws(ServerError) -> String {
    let isLabel = text.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isLabel, (1...63).contains(text.utf8.count) else {
      throw refusal(name, text, "a name of 1 to 63 lower-case letters, digits, - and _")
    }
    return text
  }

  private static func number(_ name: String, _ text: String, in range: ClosedRange<Int>) throws(ServerError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw refusal(name, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  static func duration(
    _ name: String, _ text: String, least: Duration = .seconds(1), atMost limit: Duration = .seconds(366 * 86_400)
  ) throws(ServerError) -> Duration {
    guard let duration = try? Duration(goText: text), (least...limit).contains(duration) else {
      let range = "from \(least.goText) to \(limit.components.seconds / 3_600)h"
      throw refusal(name, text, "a duration \(range), such as 90s or 10m")
    }
    return duration
  }

  static func flag(_ name: String, _ text: String) throws(ServerError) -> Bool {
    switch text {
    case "true": return true
    case "false": return false
    default: throw refusal(name, text, "true or false")
    }
  }

  private static func oneOf<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ text: String
  ) throws(ServerError) -> Value {
    guard let value = Value(rawValue: text) else {
      throw refusal(name, text, Value.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return value
  }

  /// `HOST:PORT`, with an IPv6 address in brackets.
  static func address(_ name: String, _ text: String) throws(ServerError) -> (String, UInt16) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      throw refusal(name, text, "HOST:PORT, such as 127.0.0.1:8500 or [::1]:8500")
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw refusal(name, text, "HOST:PORT: an IPv6 address goes in brackets, as in [::1]:8500")
    }
    return (host.isEmpty ? "0.0.0.0" : String(host), port)
  }
}
