internal import CMicroHTTPD
internal import Glibc

/// A socket that listens, and the address it is bound to.
struct ListenSocket {
  private let socket: Int32
  let host: String
  let port: UInt16

  /// Binds and listens.
  ///
  /// The library could do it as well, but would not say what went wrong.
  init(host: String, port: UInt16) throws(HTTPServerError) {
    guard let address = SocketAddress(host: host, port: port) else {
      throw HTTPServerError(
        .addressNotAvailable, "'\(host)' is not an IP address to listen on; give an IPv4 or IPv6 address or localhost")
    }
    let name = address.isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    let socket = Glibc.socket(
      address.isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue),
      0)
    guard socket >= 0 else { throw Self.error(errno, on: name) }
    let backlog: Int32 = 4_096
    Self.set(SO_REUSEADDR, SOL_SOCKET, 1, of: socket)
    if address.isIPv6 { Self.set(Int32(IPV6_V6ONLY), Int32(IPPROTO_IPV6), host == "::" ? 0 : 1, of: socket) }
    guard address.bind(socket) == 0, listen(socket, backlog) == 0 else {
      let number = errno
      Glibc.close(socket)
      throw Self.error(number, on: name)
    }
    self.socket = socket
    self.host = host
    self.port = SocketAddress.port(of: socket)
  }

  /// The same socket once more, for one more owner.
  ///
  /// - Throws: `HTTPServerError` if the system has no more files.
  func copy() throws(HTTPServerError) -> Int32 {
    let copy = fcntl(socket, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw HTTPServerError(.system, "can't share the listening socket: \(systemMessage(errno))") }
    return copy
  }

  /// Ends the listening, whoever holds copies.
  func shutDown() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Gives the socket back; its copies go on.
  func close() { Glibc.close(socket) }

  private static func set(_ option: Int32, _ level: Int32, _ value: Int32, of socket: Int32) {
    var value = value
    // A refusal only costs comfort: a quick restart, or IPv4 clients on "::".
    _ = unsafe setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func error(_ number: Int32, on name: String) -> HTTPServerError {
    switch number {
    case EADDRINUSE:
      HTTPServerError(
        .addressInUse, "can't listen on \(name): something else listens there; stop it or choose another port")
    case EADDRNOTAVAIL, EAFNOSUPPORT:
      HTTPServerError(
        .addressNotAvailable, "can't listen on \(name): this machine has no such address; choose one of its own")
    case EACCES, EPERM:
      HTTPServerError(
        .permissionDenied, "can't listen on \(name): permission denied; choose a port from 1024 on, or run privileged")
    default:
      HTTPServerError(.system, "can't listen on \(name): \(systemMessage(number))")
    }
  }
}

/// An address in the form that the system takes.
private struct SocketAddress {
  private var v4 = sockaddr_in()
  private var v6 = sockaddr_in6()
  let isIPv6: Bool

  init?(host: String, port: UInt16) {
    let literal = host == "localhost" ? "127.0.0.1" : host
    v4.sin_family = sa_family_t(AF_INET)
    v4.sin_port = port.bigEndian
    v6.sin6_family = sa_family_t(AF_INET6)
    v6.sin6_port = port.bigEndian
    isIPv6 = unsafe inet_pton(AF_INET6, literal, &v6.sin6_addr) == 1
    let isIPv4 = unsafe inet_pton(AF_INET, literal, &v4.sin_addr) == 1
    guard isIPv6 || isIPv4 else { return nil }
  }

  func bind(_ socket: Int32) -> Int32 {
    isIPv6 ? Self.bind(socket, v6) : Self.bind(socket, v4)
  }

  private static func bind<Address>(_ socket: Int32, _ address: Address) -> Int32 {
    unsafe withUnsafeBytes(of: address) { bytes in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe Glibc.bind(socket, start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
  }

  /// The port that the system chose; it is at the same place in both families.
  static func port(of socket: Int32) -> UInt16 {
    var address = sockaddr_in6()
    var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let result = unsafe withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
      guard let start = bytes.baseAddress else { return -1 }
      return unsafe getsockname(socket, start.assumingMemoryBound(to: sockaddr.self), &length)
    }
    return result == 0 ? UInt16(bigEndian: address.sin6_port) : 0
  }
}
