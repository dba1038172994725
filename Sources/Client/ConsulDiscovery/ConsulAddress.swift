public import MusterDiscovery

/// Where a registry's HTTP API is.
public struct ConsulAddress: Sendable, Hashable, CustomStringConvertible {
  /// The URL before `/v1/…`, without a slash at the end.
  public let url: String

  private static let longest = 2_048
  private static let port = 8_500

  /// `127.0.0.1:8500`, where registries listen unless told otherwise.
  public static let standard = ConsulAddress(url: "http://127.0.0.1:\(port)")

  private init(url: String) {
    self.url = url
  }

  /// The URL.
  public var description: String { url }

  /// Reads `HOST:PORT`, `HOST`, `:PORT`, or a URL that begins with `http://` or `https://`.
  ///
  /// Without a URL the port is 8500 if absent; a URL has its scheme's port.
  ///
  /// - Throws: `.invalidArgument` with the text and what is allowed.
  public init(_ text: String) throws(DiscoveryError) {
    guard (1...Self.longest).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Self.invalid(text, "it has 1 to \(Self.longest) visible ASCII characters")
    }
    let scheme = ["http://", "https://"].first { text.lowercased().hasPrefix($0) }
    var rest = text.dropFirst(scheme?.count ?? 0)
    while rest.last == "/" { rest.removeLast() }
    let host = rest.prefix { $0 != "/" }
    guard scheme != nil || host.endIndex == rest.endIndex, !rest.contains(where: { "?#@\\".contains($0) }) else {
      throw Self.invalid(text, "write HOST:PORT or a URL that begins with http:// or https://")
    }
    let authority = try Self.authority(host, of: text, port: scheme == nil ? Self.port : nil)
    self.init(url: (scheme ?? "http://") + authority + rest[host.endIndex...])
  }

  /// The first there is of `MUSTER_HTTP_ADDR`, `CONSUL_HTTP_ADDR` and the standard one.
  ///
  /// - Parameter variable: gives the value of a variable of the environment.
  /// - Returns: the address.
  /// - Throws: `.invalidArgument` when the variable's value is no address.
  public static func choose(environment variable: (String) -> String?) throws(DiscoveryError) -> ConsulAddress {
    for name in ["MUSTER_HTTP_ADDR", "CONSUL_HTTP_ADDR"] {
      guard let value = variable(name), !value.isEmpty else { continue }
      do {
        return try ConsulAddress(value)
      } catch {
        throw DiscoveryError(error.code, "\(name): \(error.message)")
      }
    }
    return standard
  }

  /// Host and port, both checked.
  private static func authority(
    _ text: Substring, of whole: String, port: Int?
  ) throws(DiscoveryError) -> String {
    let bracket = text.first == "[" ? text.firstIndex(of: "]") : text.startIndex
    guard let bracket else { throw invalid(whole, "the ] of the IPv6 address is missing") }
    let colon = text[bracket...].firstIndex(of: ":")
    let host = text[..<(colon ?? text.endIndex)]
    let name = host.isEmpty ? "127.0.0.1" : String(host)
    guard let colon else { return port.map { "\(name):\($0)" } ?? name }
    let digits = text[text.index(after: colon)...]
    guard let number = UInt16(digits), number > 0, !digits.hasPrefix("+") else {
      throw invalid(whole, "the port must be from 1 to 65535, and an IPv6 address stands in brackets")
    }
    return "\(name):\(number)"
  }

  private static func invalid(_ text: String, _ reason: String) -> DiscoveryError {
    let shown = String(text.unicodeScalars.prefix(80).filter { $0.value >= 0x20 && $0.value != 0x7F })
    return DiscoveryError(.invalidArgument, "'\(shown)' is not the address of a registry: \(reason)")
  }
}
