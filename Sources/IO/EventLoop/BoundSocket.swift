internal import Glibc

/// A socket that is bound to an address, and not in use by a loop yet.
public struct BoundSocket: ~Copyable, Sendable {
  /// What kind of socket it is.
  public enum Kind: Sendable {
    /// Packets.
    case udp
    /// Connections.
    case tcp
  }

  /// The address; the port is the one that the system chose if 0 was asked for.
  public let address: SocketAddress
  private let descriptor: Int32

  /// Binds a socket.
  ///
  /// - Parameters:
  ///   - kind: what kind of socket.
  ///   - address: where to.
  ///   - isShared: whether several sockets may be bound there, each of which gets its share of what arrives. Then the
  ///     system can't tell whether another program is bound there too: bind one that is not shared first.
  /// - Throws: `EventLoopError` that says what is wrong with the address.
  public init(_ kind: Kind, _ address: SocketAddress, isShared: Bool = false) throws(EventLoopError) {
    let type = (kind == .udp ? SOCK_DGRAM : SOCK_STREAM).rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(address.family, Int32(type), 0)
    guard descriptor >= 0 else { throw Self.error(errno, kind, address) }
    if kind == .tcp { Self.set(SO_REUSEADDR, SOL_SOCKET, 1, of: descriptor) }
    if isShared { Self.set(SO_REUSEPORT, SOL_SOCKET, 1, of: descriptor) }
    if kind == .udp { Self.set(SO_RCVBUF, SOL_SOCKET, 4 << 20, of: descriptor) }
    if address.isIPv6 {
      Self.set(Int32(IPV6_V6ONLY), Int32(IPPROTO_IPV6), address.isWildcard ? 0 : 1, of: descriptor)
    }
    let result = unsafe address.withSystemAddress { unsafe bind(descriptor, $0, $1) }
    guard result == 0, kind == .udp || isShared || listen(descriptor, 1_024) == 0 else {
      let number = errno
      close(descriptor)
      throw Self.error(number, kind, address)
    }
    self.descriptor = descriptor
    self.address = SocketAddress(boundTo: descriptor)
  }

  deinit {
    close(descriptor)
  }

  /// Hands over the descriptor, for whoever closes it from now on.
  consuming func take() -> Int32 {
    let descriptor = descriptor
    discard self
    return descriptor
  }

  /// A refusal only costs comfort: a quick restart, a longer queue, IPv4 clients on `::`.
  private static func set(_ option: Int32, _ level: Int32, _ value: Int32, of socket: Int32) {
    var value = value
    _ = unsafe setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func error(_ number: Int32, _ kind: Kind, _ address: SocketAddress) -> EventLoopError {
    let what = "can't listen on \(address) (\(kind == .udp ? "UDP" : "TCP"))"
    switch number {
    case EADDRINUSE:
      return EventLoopError(.addressInUse, "\(what): something else listens there; stop it or choose another port")
    case EADDRNOTAVAIL, EAFNOSUPPORT:
      return EventLoopError(
        .addressNotAvailable, "\(what): this machine has no such address; choose one of its own")
    case EACCES, EPERM:
      return EventLoopError(
        .permissionDenied, "\(what): permission denied; choose a port from 1024 on, or run privileged")
    default:
      return EventLoopError(
        .system, "\(what): \(unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)")")
    }
  }
}
