extension Registration {
  /// Checks everything that all providers hold to.
  ///
  /// - Throws: `.invalidArgument` with the field, its value and what is allowed.
  public func validate() throws(DiscoveryError) {
    try ServiceName.validate(service)
    try Self.checkText("the id", id, bytes: 1...255)
    try Self.checkText("the host", host, bytes: 1...255)
    guard port > 0 else { throw Self.invalid("the port 0: it must be from 1 to 65535") }
    guard (0...Instance.maximumWeight).contains(weight) else {
      throw Self.invalid("the weight \(weight): it must be from 0 to \(Instance.maximumWeight)")
    }
    try Self.checkText("the zone", zone, bytes: 1...128)
    guard tags.count <= 64 else { throw Self.invalid("\(tags.count) tags: there may be 64") }
    for tag in tags { try Self.checkText("the tag", tag, bytes: 1...255) }
    guard metadata.count <= 64 else { throw Self.invalid("\(metadata.count) entries of metadata: there may be 64") }
    for (key, value) in metadata {
      try Self.checkText("the metadata key", key, bytes: 1...128)
      try Self.checkText("the metadata value of '\(key)'", value, bytes: 0...512)
    }
    guard checks.count <= 16 else { throw Self.invalid("\(checks.count) checks: there may be 16") }
    for check in checks { try check.validate() }
  }

  private static func checkText(
    _ what: String, _ text: String?, bytes: ClosedRange<Int>
  ) throws(DiscoveryError) {
    guard let text else { return }
    guard bytes.contains(text.utf8.count) else {
      throw invalid("\(what) of \(text.utf8.count) bytes: it must have \(bytes.lowerBound) to \(bytes.upperBound)")
    }
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw invalid("\(what) has a control character")
    }
  }

  private static func invalid(_ message: String) -> DiscoveryError { DiscoveryError(.invalidArgument, message) }
}

extension HealthCheck {
  /// The shortest interval, timeout and TTL.
  public static let leastTime = Duration.seconds(1)

  func validate() throws(DiscoveryError) {
    let allowed = Self.leastTime...Duration.seconds(86_400)
    switch kind {
    case .ttl(let time): try Self.check("the TTL", time, in: allowed)
    case .http, .tcp:
      try Self.check("the interval", interval, in: allowed)
      try Self.check("the timeout", timeout, in: .milliseconds(1)...allowed.upperBound)
    }
    if let deregisterAfter { try Self.check("deregisterAfter", deregisterAfter, in: allowed) }
    if case .http(let url) = kind, !url.hasPrefix("http://") && !url.hasPrefix("https://") {
      throw DiscoveryError(
        .invalidArgument, "the check's URL '\(url.prefix(200))': it must begin with http:// or https://")
    }
  }

  private static func check(
    _ what: String, _ time: Duration, in allowed: ClosedRange<Duration>
  ) throws(DiscoveryError) {
    guard allowed.contains(time) else {
      throw DiscoveryError(
        .invalidArgument, "\(what) of \(time): it must be from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }
}
