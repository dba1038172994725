internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterHost

/// Where services are looked up.
public struct DNSDiscoverySettings: Sendable, Hashable {
  /// The domain of the services: `web` is asked for as `_web._tcp.<domain>`. `service.consul` by default, which Muster and
  /// Consul answer.
  public var domain: String
  /// The server's IP address and port, such as `127.0.0.1:8600`; nil: the first one of `/etc/resolv.conf`.
  public var server: Endpoint?
  /// How often a watch asks, from 1 ms to 1 h. 5 s by default.
  public var period: Duration
  /// How long an answer is waited for; over UDP it is asked three times in it. 3 s by default.
  public var timeout: Duration

  /// Settings that suit the DNS of a registry.
  public init(
    domain: String = "service.consul", server: Endpoint? = nil, period: Duration = .seconds(5),
    timeout: Duration = .seconds(3)
  ) {
    self.domain = domain
    self.server = server
    self.period = period
    self.timeout = timeout
  }

  func validate() throws(DiscoveryError) {
    let allowed = Duration.milliseconds(1)...Duration.seconds(3_600)
    for (name, value) in [("period", period), ("timeout", timeout)] where !allowed.contains(value) {
      throw DiscoveryError(.invalidArgument, "the \(name) of \(value): it must be from 1 ms to 1 h")
    }
  }

  /// - Throws: `.invalidArgument` when there is no server, or only one whose address is a name.
  func serverAddress() throws(DiscoveryError) -> SocketAddress {
    guard let server = server ?? Self.systemServer() else {
      throw DiscoveryError(.invalidArgument, "no server is given, and /etc/resolv.conf has none")
    }
    guard let address = SocketAddress(host: server.host, port: server.port), server.port > 0 else {
      throw DiscoveryError(.invalidArgument, "the DNS server \(server): it must be an IP address with a port")
    }
    return address
  }

  private static func systemServer() -> Endpoint? {
    guard let bytes = try? Host.contents(ofFile: "/etc/resolv.conf", limit: 64 << 10) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count >= 2, words[0] == "nameserver" { return Endpoint(host: String(words[1]), port: 53) }
    }
    return nil
  }
}
