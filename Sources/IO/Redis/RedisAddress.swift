/// Where a Redis server listens.
public enum RedisAddress: Sendable, Hashable, CustomStringConvertible {
  /// A host, by name or address, and a port from 1 to 65,535.
  case tcp(host: String, port: Int)
  /// A socket of this machine, by the path of its file.
  case unixSocket(path: String)

  /// The host and the port, or the path.
  public var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unixSocket(let path): path
    }
  }
}
