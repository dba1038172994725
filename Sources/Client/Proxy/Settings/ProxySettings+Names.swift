internal import MusterBalancing
internal import MusterCalling
internal import MusterResilience
internal import MusterTiming

extension ProxySettings {
  /// The names of what can be set for a service, in the order of the manual page. A configuration has `idl` besides, which stands for
  /// `idempotent`.
  public static let names = [
    "protocol", "balance", "retries", "idempotent", "timeout", "attempt-timeout", "connect-timeout", "hedge", "breaker",
    "eject", "fail-fast", "zone", "slow-start", "max-message-bytes", "max-connections", "max-pipelined", "idle-timeout",
    "message-timeout", "keep", "keep-time", "leave",
  ]

  /// Sets one of them from text.
  ///
  /// - Throws: `ProxyError` with the name, the value and what is allowed.
  public mutating func set(_ name: String, to text: String) throws(ProxyError) {
    switch name {
    case "protocol":
      guard let value = ProxyProtocol(name: text) else {
        throw SettingText.refusal(name, text, "one of \(ProxyProtocol.names.joined(separator: ", "))")
      }
      carries = value
    case "balance":
      guard let value = BalancingPolicy(rawValue: text) else {
        let all = BalancingPolicy.allCases.map(\.rawValue).joined(separator: ", ")
        throw SettingText.refusal(name, text, "one of \(all)")
      }
      calls.policy = value
    case "idempotent":
      for word in text.split(separator: ",") { idempotent.append(try MethodPattern(String(word))) }
    case "max-message-bytes": limits.messageSize = try SettingText.number(name, text, in: 1_024...1 << 30)
    case "max-connections": limits.connections = try SettingText.number(name, text, in: 1...1_000_000)
    case "max-pipelined": limits.pipelinedCalls = try SettingText.number(name, text, in: 1...10_000)
    case "idle-timeout": limits.idleTime = try SettingText.duration(name, text)
    case "message-timeout": limits.messageTime = try SettingText.duration(name, text)
    case "connect-timeout": upstream.connectTimeout = try SettingText.duration(name, text)
    case "keep": upstream.idleConnections = try SettingText.number(name, text, in: 0...100_000)
    case "keep-time": upstream.idleTime = try SettingText.duration(name, text)
    case "leave": upstream.leaveTime = try SettingText.duration(name, text)
    default: try setCalls(name, text)
    }
  }

  private mutating func setCalls(_ name: String, _ text: String) throws(ProxyError) {
    switch name {
    case "retries": calls.maximumAttempts = try SettingText.number(name, text, in: 0...20) + 1
    case "timeout": calls.deadline = try SettingText.duration(name, text)
    case "attempt-timeout": calls.attemptTimeout = try SettingText.duration(name, text)
    case "hedge": calls.hedge = text == "off" ? nil : try SettingText.hedge(name, text)
    case "breaker":
      let failures = text == "off" ? nil : try SettingText.number(name, text, in: 1...1_000_000)
      calls.breaker = failures.map { CircuitBreaker.Settings(consecutiveFailures: $0) }
    case "eject":
      let failures = text == "off" ? nil : try SettingText.number(name, text, in: 1...1_000_000)
      calls.outliers = failures.map { OutlierDetector.Settings(consecutiveFailures: $0) }
    case "fail-fast": calls.failsFast = try SettingText.flag(name, text)
    case "zone": calls.balancing.zone = text.isEmpty ? nil : text
    case "slow-start": calls.balancing.slowStart = .init(window: try SettingText.duration(name, text))
    default:
      throw ProxyError(.badSetting, "'\(name.prefix(40))' is not a setting: \(Self.names.joined(separator: ", "))")
    }
  }
}

/// Reads the texts of settings.
enum SettingText {
  static func refusal(_ name: String, _ text: String, _ allowed: String) -> ProxyError {
    ProxyError(.badSetting, "\(name): \(String(text.prefix(80)).debugDescription) is not \(allowed)")
  }

  static func number(_ name: String, _ text: String, in range: ClosedRange<Int>) throws(ProxyError) -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw refusal(name, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  static func duration(_ name: String, _ text: String) throws(ProxyError) -> Duration {
    guard let duration = try? Duration(goText: text), (.milliseconds(1)...Duration.seconds(86_400)).contains(duration)
    else {
      throw refusal(name, text, "a duration from 1ms to 24h, such as 500ms or 30s")
    }
    return duration
  }

  static func flag(_ name: String, _ text: String) throws(ProxyError) -> Bool {
    guard text == "true" || text == "false" else { throw refusal(name, text, "true or false") }
    return text == "true"
  }

  /// `p95`: later than so many of the latest calls; `20ms`: after that time.
  static func hedge(_ name: String, _ text: String) throws(ProxyError) -> HedgePolicy.Settings {
    if text.hasPrefix("p"), let percent = Double(text.dropFirst()), 50...99.9 ~= percent {
      return HedgePolicy.Settings(percentile: percent / 100)
    }
    guard let delay = try? duration(name, text) else {
      throw refusal(name, text, "off, a percentile from p50 to p99.9, or a duration such as 20ms")
    }
    return HedgePolicy.Settings(minimumSamples: 1, minimumDelay: delay, maximumDelay: delay)
  }

  /// `HOST:PORT`, with an IPv6 address in brackets; no host is the loopback address.
  static func address(_ name: String, _ text: String) throws(ProxyError) -> (host: String, port: UInt16) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      throw refusal(name, text, "HOST:PORT, such as 127.0.0.1:6000 or [::1]:6000")
    }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw refusal(name, text, "HOST:PORT: an IPv6 address goes in brackets, as in [::1]:6000")
    }
    return (host.isEmpty ? "127.0.0.1" : String(host), port)
  }
}
