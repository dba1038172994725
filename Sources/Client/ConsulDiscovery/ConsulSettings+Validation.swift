internal import MusterDiscovery

extension ConsulSettings {
  /// - Throws: `.invalidArgument` with the setting, its value and what is allowed.
  func validate() throws(DiscoveryError) {
    try Self.check("wait", wait, .seconds(1)...Duration.seconds(600))
    try Self.check("timeout", timeout, .milliseconds(1)...Duration.seconds(600))
    try Self.check("answerBytes", answerBytes, 1...(1 << 30))
    try Self.check("answerInstances", answerInstances, 1...10_000_000)
    let isHeaderText = (token ?? "").utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    guard isHeaderText else { throw DiscoveryError(.invalidArgument, "the token has a control character") }
  }

  private static func check<Value>(
    _ name: String, _ value: Value, _ allowed: ClosedRange<Value>
  ) throws(DiscoveryError) {
    guard allowed.contains(value) else {
      throw DiscoveryError(
        .invalidArgument, "\(name) of \(value): it must be from \(allowed.lowerBound) to \(allowed.upperBound)")
    }
  }
}
