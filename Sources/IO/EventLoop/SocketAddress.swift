internal import CUV
internal import Glibc

/// An IPv4 or IPv6 address with a port, in the form that the system takes.
public struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  /// The bytes of the system's own structure; the larger one is for IPv6.
  private var words: (UInt64, UInt64, UInt64, UInt32) = (0, 0, 0, 0)

  /// The address of a host; nil unless that is an IPv4 or IPv6 address or `localhost`.
  public init?(host: String, port: UInt16) {
    let literal = host == "localhost" ? "127.0.0.1" : host
    var v4 = sockaddr_in()
    v4.sin_family = sa_family_t(AF_INET)
    v4.sin_port = port.bigEndian
    var v6 = sockaddr_in6()
    v6.sin6_family = sa_family_t(AF_INET6)
    v6.sin6_port = port.bigEndian
    if unsafe inet_pton(AF_INET, literal, &v4.sin_addr) == 1 {
      copy(v4)
    } else if unsafe inet_pton(AF_INET6, literal, &v6.sin6_addr) == 1 {
      copy(v6)
    } else {
      return nil
    }
  }

  /// The address at `pointer`, of one of both families.
  @inline(__always)
  @unsafe init(_ pointer: UnsafePointer<sockaddr>) {
    let size = Int32(unsafe pointer.pointee.sa_family) == AF_INET6 ? 28 : 16
    unsafe withUnsafeMutableBytes(of: &words) { bytes in
      unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(start: UnsafeRawPointer(pointer), count: size))
    }
  }

  /// The address that a socket is bound to.
  init(boundTo socket: Int32) {
    var length = socklen_t(28)
    unsafe withMutableSystemAddress { pointer in
      _ = unsafe getsockname(socket, pointer, &length)
    }
  }

  /// The address at the other end of a connection; nil if there is none any more.
  init?(peerOf stream: UnsafeMutablePointer<uv_stream_t>) {
    var length: Int32 = 28
    let result = unsafe withMutableSystemAddress { pointer in
      unsafe uv_tcp_getpeername(UnsafeRawPointer(stream).assumingMemoryBound(to: uv_tcp_t.self), pointer, &length)
    }
    guard result == 0 else { return nil }
  }

  private mutating func copy<Address>(_ address: Address) {
    unsafe withUnsafeBytes(of: address) { from in
      unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyMemory(from: from) }
    }
  }

  /// Whether it is an IPv6 address.
  public var isIPv6: Bool { family == AF_INET6 }

  /// The port; it is at the same place in both families.
  public var port: UInt16 { UInt16(truncatingIfNeeded: words.0 >> 16).byteSwapped }

  /// Whether it stands for all addresses of the machine.
  public var isWildcard: Bool {
    isIPv6 ? words.1 == 0 && words.2 == 0 : words.0 >> 32 == 0
  }

  /// The host, without the port.
  public var host: String {
    var text = [CChar](repeating: 0, count: 64)
    unsafe withSystemAddress { pointer, _ in
      let offset = isIPv6 ? 8 : 4
      _ = unsafe inet_ntop(family, UnsafeRawPointer(pointer) + offset, &text, socklen_t(text.count))
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The host and port, as in a URL.
  public var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// The system's number for the family.
  var family: Int32 { Int32(UInt16(truncatingIfNeeded: words.0)) }

  /// The bytes that the system takes.
  var size: Int { isIPv6 ? 28 : 16 }

  @inline(__always)
  func withSystemAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    unsafe withUnsafePointer(to: words) { words in
      unsafe body(UnsafeRawPointer(words).assumingMemoryBound(to: sockaddr.self), socklen_t(size))
    }
  }

  private mutating func withMutableSystemAddress<Result>(_ body: (UnsafeMutablePointer<sockaddr>) -> Result) -> Result {
    unsafe withUnsafeMutablePointer(to: &words) { words in
      unsafe body(UnsafeMutableRawPointer(words).assumingMemoryBound(to: sockaddr.self))
    }
  }

  /// Whether both are the same address and port.
  public static func == (left: SocketAddress, right: SocketAddress) -> Bool { left.words == right.words }

  /// Hashes all of it.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
  }
}
