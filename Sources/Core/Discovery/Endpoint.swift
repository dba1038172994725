/// Where an instance takes calls: a host name or an IP address, and a port.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A host name, an IPv4 address, or an IPv6 address without brackets.
  public var host: String
  /// A TCP port, from 1.
  public var port: UInt16

  /// An endpoint as it is; a provider checks what it reads.
  public init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// `host:port`, with brackets around an IPv6 address, as it stands in a URL.
  public var description: String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
