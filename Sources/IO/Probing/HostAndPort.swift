/// A target's host and port, such as `db.example:5432`, `10.0.0.1:80` or `[::1]:80`.
struct HostAndPort {
  /// As it goes into an address.
  let text: String

  init(_ text: some StringProtocol) throws(ProbeSetupError) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
      throw ProbeSetupError("the target must be HOST:PORT with a port from 1 to 65535")
    }
    var host = String(text[..<colon])
    if NetworkAddress(host)?.isIPv4 == false { host = "[\(host)]" }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]") && NetworkAddress(host.dropFirst().dropLast()) != nil
    guard isBracketed || Self.isName(host) else {
      throw ProbeSetupError("the target's host is neither a name nor an address (IPv6 goes in brackets)")
    }
    self.text = "\(host):\(port)"
  }

  private static func isName(_ host: String) -> Bool {
    (1...253).contains(host.utf8.count)
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        default: byte >= 0x80
        }
      }
  }
}
