internal import CMicroHTTPD
internal import Glibc

/// A client's IP address, put into words only when asked for.
struct ClientAddress: Sendable, Hashable {
  private var family: Int32 = AF_UNSPEC
  private var bytes = UInt128(0)

  /// No address.
  init() {}

  /// Copies an address that the system gave.
  init(_ address: UnsafePointer<sockaddr>?) {
    guard let address = unsafe address else { return }
    let raw = unsafe UnsafeRawPointer(address)
    family = unsafe Int32(address.pointee.sa_family)
    switch family {
    case AF_INET:
      let source = unsafe raw.loadUnaligned(as: sockaddr_in.self)
      unsafe withUnsafeMutableBytes(of: &bytes) { unsafe $0.storeBytes(of: source.sin_addr, as: in_addr.self) }
    case AF_INET6:
      let source = unsafe raw.loadUnaligned(as: sockaddr_in6.self)
      unsafe withUnsafeMutableBytes(of: &bytes) { unsafe $0.storeBytes(of: source.sin6_addr, as: in6_addr.self) }
    default:
      family = AF_UNSPEC
    }
  }

  /// The address as text; empty for none.
  var text: String {
    var source = bytes
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let known = unsafe inet_ntop(family, &source, &buffer, socklen_t(buffer.count)) != nil
    guard known else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
