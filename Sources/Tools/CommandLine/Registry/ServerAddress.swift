/// Where the registry's HTTP API is.
package struct ServerAddress: Equatable, Sendable, ExpressibleByArgument, CustomStringConvertible {
  /// The URL before `/v1/…`, without a slash at the end.
  package let url: String

  /// `127.0.0.1:8500`, where `muster server` listens unless told otherwise.
  package static let standard = ServerAddress(url: "http://127.0.0.1:\(standardPort)")
  private static let standardPort = 8500
  private static let longest = 2048

  /// The URL.
  package var description: String { url }

  private init(url: String) {
    self.url = url
  }

  /// Reads `HOST:PORT`, `HOST`, `:PORT`, or a URL that starts with `http://` or `https://`.
  ///
  /// Without a URL the port is 8500 if absent; a URL has its scheme's port.
  package init(argument: String) throws(CommandError) {
    guard (1...Self.longest).contains(argument.utf8.count), argument.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Self.refusal(argument, "it has 1 to \(Self.longest) visible ASCII characters")
    }
    let parts = argument.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].hasSuffix(":"), parts[1].isEmpty else {
      guard !argument.hasPrefix("unix:"), !argument.hasPrefix("/") else { throw Self.unixRefusal(argument) }
      let authority = try Self.authority(argument[...], of: argument, port: Self.standardPort)
      self.init(url: "http://" + authority)
      return
    }
    let scheme = parts[0].lowercased()
    guard scheme != "unix:" else { throw Self.unixRefusal(argument) }
    guard scheme == "http:" || scheme == "https:" else {
      throw Self.refusal(argument, "the URL must start with http:// or https://")
    }
    let rest = parts[2]
    let host = rest.prefix { $0 != "/" }
    var path = rest[host.endIndex...]
    guard !path.contains(where: { $0 == "?" || $0 == "#" }) else {
      throw Self.refusal(argument, "it can't have a query or a fragment")
    }
    while path.last == "/" { path.removeLast() }
    self.init(url: "\(scheme)//\(try Self.authority(host, of: argument, port: nil))\(path)")
  }

  /// Host and port, both checked.
  private static func authority(
    _ text: Substring, of argument: String, port standard: Int?
  ) throws(CommandError) -> String {
    let bracket = text.first == "[" ? text.firstIndex(of: "]") : text.startIndex
    guard let bracket else { throw refusal(argument, "the ] of the IPv6 address is missing") }
    let colon = text[bracket...].firstIndex(of: ":")
    let host = text[..<(colon ?? text.endIndex)]
    guard host.utf8.allSatisfy({ isHostByte($0) }), text[bracket...].count(where: { $0 == ":" }) <= 1 else {
      throw refusal(argument, "write HOST:PORT, an IPv6 address in brackets")
    }
    let name = host.isEmpty ? "127.0.0.1" : String(host)
    guard let colon else { return standard.map { "\(name):\($0)" } ?? name }
    let port = try PortNumber(argument: String(text[text.index(after: colon)...]))
    return "\(name):\(port.value)"
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    !"/?#@\\".utf8.contains(byte)
  }

  private static func unixRefusal(_ argument: String) -> CommandError {
    refusal(argument, "Unix sockets are not supported; give HOST:PORT")
  }

  private static func refusal(_ argument: String, _ reason: String) -> CommandError {
    CommandError(.usage, "'\(TextWidth.cut(argument, to: 80))' is not a registry's address: \(reason)")
  }
}

extension ServerAddress {
  /// The address that was asked for: the option, else `MUSTER_HTTP_ADDR`, else `CONSUL_HTTP_ADDR`, else the standard one.
  ///
  /// - Parameters:
  ///   - option: The value of `--server`.
  ///   - environment: Gives a variable's value.
  /// - Returns: The first of them that there is.
  /// - Throws: ``CommandError/Code/usage`` when a variable's value is not an address.
  package static func choose(
    option: ServerAddress?, environment: (String) -> String?
  ) throws(CommandError) -> ServerAddress {
    if let option { return option }
    for variable in ["MUSTER_HTTP_ADDR", "CONSUL_HTTP_ADDR"] {
      guard let value = environment(variable) else { continue }
      do {
        return try ServerAddress(argument: value)
      } catch {
        throw CommandError(error.code, "\(variable): \(error.message)")
      }
    }
    return standard
  }
}
