internal import CCurl

/// A connection to `host:port`: passing when it comes about.
public struct TCPProbe: Sendable, Equatable {
  /// The target, `host:port`.
  public let address: String

  /// A connection to `address`.
  public init(address: String) {
    self.address = address
  }
}

extension TCPProbe: TransferProbe {
  var bodyLimit: Int { 0 }

  func configure(_ handle: EasyHandle) throws(ProbeSetupError) {
    try handle.set(CURLOPT_URL, "http://\(try HostAndPort(address).text)")
    try handle.set(CURLOPT_PROTOCOLS_STR, "http")
    try handle.set(CURLOPT_CONNECT_ONLY, 1)
  }

  func reading(of answer: TransferAnswer) -> ProbeReading {
    guard answer.result == CURLE_OK else { return failure(answer.problem()) }
    return ProbeReading(.passing, "TCP \(address): connected")
  }

  func failure(_ problem: String) -> ProbeReading { ProbeReading(.critical, "TCP \(address): \(problem)") }
}
