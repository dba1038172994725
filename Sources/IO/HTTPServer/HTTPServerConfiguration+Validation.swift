extension HTTPServerConfiguration {
  /// Refuses what the server can't work with.
  func validate() throws(HTTPServerError) {
    try check("threads", threads, in: 1...1_024)
    try check("maxBodyBytes", limits.maxBodyBytes, in: 0...(1 << 40))
    try check("maxHeaderBytes", limits.maxHeaderBytes, in: 2_048...(1 << 30))
    try check("maxTargetBytes", limits.maxTargetBytes, in: 1...limits.maxHeaderBytes)
    try check("maxConnections", limits.maxConnections, in: max(1, threads)...1_000_000)
    try check("maxConnectionsPerClient", limits.maxConnectionsPerClient, in: 0...1_000_000)
    guard limits.idleTimeout > .zero, limits.idleTimeout <= .seconds(86_400) else {
      throw HTTPServerError(
        .invalidConfiguration, "idleTimeout is \(limits.idleTimeout); it must be more than 0 and at most a day")
    }
  }

  private func check(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(HTTPServerError) {
    guard range.contains(value) else {
      throw HTTPServerError(
        .invalidConfiguration, "\(name) is \(value); it must be from \(range.lowerBound) to \(range.upperBound)")
    }
  }
}

extension HTTPServerConfiguration.Limits {
  /// `idleTimeout` in whole seconds, rounded up.
  var idleSeconds: UInt32 {
    let (seconds, attoseconds) = idleTimeout.components
    return UInt32(clamping: seconds + (attoseconds > 0 ? 1 : 0))
  }
}
