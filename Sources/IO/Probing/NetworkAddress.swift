internal import Glibc

/// An IPv4 or IPv6 address; an IPv4 address in IPv6 form (`::ffff:10.0.0.1`) is the IPv4 address.
struct NetworkAddress: Sendable, Equatable {
  let isIPv4: Bool
  /// The bits, of which IPv4 has 32.
  let bits: UInt128

  var width: Int { isIPv4 ? 32 : 128 }

  private static let mappedPrefix = UInt128(0xFFFF) << 32

  init(ipv4 bits: UInt32) {
    isIPv4 = true
    self.bits = UInt128(bits)
  }

  init(ipv6 bits: UInt128) {
    let isMapped = bits & ~UInt128(UInt32.max) == Self.mappedPrefix
    isIPv4 = isMapped
    self.bits = isMapped ? bits & UInt128(UInt32.max) : bits
  }

  /// Reads an address as it is usually written; nil if it is none.
  init?(_ text: some StringProtocol) {
    guard text.utf8.count < 64, !text.utf8.contains(0) else { return nil }
    let text = String(text)
    var ipv4 = in_addr()
    if unsafe inet_pton(AF_INET, text, &ipv4) == 1 {
      self.init(ipv4: UInt32(bigEndian: ipv4.s_addr))
      return
    }
    var ipv6 = in6_addr()
    guard unsafe inet_pton(AF_INET6, text, &ipv6) == 1 else { return nil }
    self.init(ipv6)
  }

  /// The address in a socket address; nil if it is of another family.
  init?(_ address: UnsafePointer<sockaddr>) {
    switch unsafe Int32(address.pointee.sa_family) {
    case AF_INET:
      let inet = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self)
      self.init(ipv4: UInt32(bigEndian: inet.sin_addr.s_addr))
    case AF_INET6:
      self.init(unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self).sin6_addr)
    default:
      return nil
    }
  }

  private init(_ address: in6_addr) {
    var address = address
    let bits = unsafe withUnsafeBytes(of: &address) { bytes in
      unsafe bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    }
    self.init(ipv6: bits)
  }

  /// As it is usually written.
  var text: String {
    guard !isIPv4 else { return [24, 16, 8, 0].map { String(bits >> UInt128($0) & 0xFF) }.joined(separator: ".") }
    var address = in6_addr()
    unsafe withUnsafeMutableBytes(of: &address) { bytes in
      for index in 0..<16 { unsafe bytes[index] = UInt8(truncatingIfNeeded: bits >> UInt128(8 * (15 - index))) }
    }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard unsafe inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
