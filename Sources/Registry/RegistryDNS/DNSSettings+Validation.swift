internal import MusterEventLoop

extension DNSSettings {
  /// Refuses settings that are out of their range.
  func validate() throws(DNSServerError) {
    try check("threads", threads, 1...64)
    try check("udpPayload", limits.udpPayload, 512...65_000)
    try check("tcpConnections", limits.tcpConnections, 1...1_000_000)
    try check("forwardedQueries", limits.forwardedQueries, 1...65_536)
    try check("cacheBytes", limits.cacheBytes, 0...Int.max)
    try check("tcpIdle", limits.tcpIdle, .milliseconds(1) ... .seconds(86_400))
    try check("forwardTimeout", limits.forwardTimeout, .milliseconds(1) ... .seconds(60))
    try check("ttl", ttl, .zero ... .seconds(86_400 * 7))
  }

  private func check<Value>(
    _ name: String, _ value: Value, _ allowed: ClosedRange<Value>
  ) throws(DNSServerError) {
    guard !allowed.contains(value) else { return }
    throw DNSServerError(
      .invalidSetting, "\(name) is \(value); it must be \(allowed.lowerBound) to \(allowed.upperBound)")
  }

  /// Where other names are forwarded to.
  func recursorAddress() throws(DNSServerError) -> SocketAddress? {
    guard let recursor else { return nil }
    guard let address = SocketAddress(host: recursor.host, port: recursor.port), recursor.port > 0, !address.isWildcard
    else {
      throw DNSServerError(
        .invalidSetting,
        "'\(recursor.host):\(recursor.port)' is not a server to forward to; give an IPv4 or IPv6 address and a port")
    }
    return address
  }
}

extension DNSServerError {
  /// The same failure, as this module tells it.
  init(_ error: EventLoopError) {
    let code: Code =
      switch error.code {
      case .addressInUse: .addressInUse
      case .addressNotAvailable: .addressNotAvailable
      case .permissionDenied: .permissionDenied
      default: .system
      }
    self.init(code, error.message)
  }
}
