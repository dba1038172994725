// What a check may be told to look at: what can't be meant is refused now, not found out by a check that always fails.
extension Fields {
  /// A URL that can be asked: its scheme, a host, and a port in range.
  static func verify(url: String, as name: String) throws(APIError) {
    guard let scheme = ["http://", "https://"].first(where: { url.hasPrefix($0) }) else {
      throw .badRequest("\(name): \(url.shortened.debugDescription) must begin with http:// or https://")
    }
    let rest = url.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let (host, port) = split(authority)
    guard !host.isEmpty, !url.contains(" "), port.map({ isPort($0) }) != false else {
      throw .badRequest(
        "\(name): \(url.shortened.debugDescription) is not a URL such as http://10.0.0.1:8080/health, without spaces")
    }
  }

  /// `host:port`, with an IPv6 address in brackets.
  static func verify(endpoint: Substring, as name: String) throws(APIError) {
    let (host, port) = split(endpoint)
    guard !host.isEmpty, !endpoint.contains(" "), let port, isPort(port) else {
      throw .badRequest(
        "\(name): \(String(endpoint).shortened.debugDescription) is not HOST:PORT, such as 10.0.0.1:8080 or [::1]:8080")
    }
  }

  /// A method or the name of a header field (RFC 9110, section 5.6.2).
  static func verify(token: String, as name: String) throws(APIError) {
    let isToken = token.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
    }
    guard isToken, (1...Limits.metaKey).contains(token.utf8.count) else {
      throw .badRequest(
        "\(name): \(token.shortened.debugDescription) is not a word of 1 to \(Limits.metaKey) letters, digits and - or _"
      )
    }
  }

  /// The host, and the port where there is one; an IPv6 address keeps its colons inside brackets.
  private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
    guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else { return (authority, nil) }
    let host = authority[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    return !isBracketed && host.contains(":") && !host.contains("@")
      ? ("", nil) : (host, authority[authority.index(after: colon)...])
  }

  private static func isPort(_ text: Substring) -> Bool {
    guard text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let port = Int(text) else {
      return false
    }
    return (1...65_535).contains(port)
  }
}
