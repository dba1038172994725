extension CheckSpecification: ExpressibleByArgument {
  /// The forms there are, for help and messages.
  package static let forms =
    "http:URL, tcp:HOST:PORT, ttl:30s, grpc:HOST:PORT[/SERVICE], thrift:[HOST:PORT/]METHOD or exec:COMMAND"
  private static let longest = 4096
  private static let optionNames = ["interval", "timeout", "deregister-after"]

  /// Reads `KIND:TARGET[,interval=D][,timeout=D][,deregister-after=D]`.
  ///
  /// URLs and commands may contain commas: only what stands at the end and looks like an option is one.
  package init(argument: String) throws(CommandError) {
    guard argument.utf8.count <= Self.longest else {
      throw CommandError(.usage, "a check has at most \(Self.longest) bytes")
    }
    guard argument.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw CommandError(.usage, "a check can't have control characters")
    }
    var pieces = argument.split(separator: ",", omittingEmptySubsequences: false)
    var options: [(name: String, value: String)] = []
    while pieces.count > 1, let option = try Self.option(pieces[pieces.count - 1]) {
      options.append(option)
      pieces.removeLast()
    }
    self.init(try Self.kind(pieces.joined(separator: ",")))
    var seen: Set<String> = []
    for option in options.reversed() {
      guard seen.insert(option.name).inserted else {
        throw CommandError(.usage, "\(option.name) is given twice in '\(argument)'")
      }
      try apply(option.name, option.value)
    }
  }

  /// The piece as an option, or nil if it belongs to the target.
  private static func option(_ piece: Substring) throws(CommandError) -> (name: String, value: String)? {
    let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, optionNames.contains(parts[0]) { return (parts[0], parts[1]) }
    if parts.count == 2, let meant = Suggestion.nearest(to: parts[0], among: optionNames) {
      throw CommandError(.usage, "'\(parts[0])' is not an option of a check; did you mean \(meant)?")
    }
    return nil
  }

  private mutating func apply(_ name: String, _ value: String) throws(CommandError) {
    let span: TimeSpan
    do {
      span = try TimeSpan(argument: value)
    } catch {
      throw CommandError(error.code, "\(name): \(error.message)")
    }
    switch (name, kind) {
    case ("deregister-after", _): deregisterAfter = span
    case (_, .ttl): throw CommandError(.usage, "a ttl check has no \(name): the service reports by itself")
    case ("interval", _): interval = span
    default: timeout = span
    }
  }

  private static func kind(_ text: String) throws(CommandError) -> Kind {
    guard let colon = text.firstIndex(of: ":") else {
      throw CommandError(.usage, "'\(TextWidth.cut(text, to: 80))' is not a check; use \(forms)")
    }
    let name = String(text[..<colon])
    let target = String(text[text.index(after: colon)...])
    guard !target.isEmpty else {
      throw CommandError(.usage, "the check '\(TextWidth.cut(text, to: 80))' has nothing after the colon; use \(forms)")
    }
    switch name {
    // A plain URL says what is meant.
    case "http" where target.hasPrefix("//"), "https": return .http(url: try url(text))
    case "http": return .http(url: try url(target))
    case "tcp": return .tcp(address: try address(target))
    case "ttl": return .ttl(try TimeSpan(argument: target))
    case "grpc":
      let parts = target.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return .grpc(address: ([try address(parts[0])] + parts.dropFirst()).joined(separator: "/"))
    case "thrift":
      if let slash = target.firstIndex(of: "/") {
        _ = try address(String(target[..<slash]))
        guard target.index(after: slash) < target.endIndex else {
          throw CommandError(.usage, "'\(TextWidth.cut(text, to: 80))' has no method after the /; use \(forms)")
        }
      }
      return .thrift(method: target)
    case "exec": return .exec(command: target)
    default:
      let question = Suggestion.question(for: name, among: ["http", "tcp", "ttl", "grpc", "thrift", "exec"])
      throw CommandError(.usage, "there is no check '\(TextWidth.cut(name, to: 80))'\(question); use \(forms)")
    }
  }

  private static func url(_ text: String) throws(CommandError) -> String {
    let host = ["http://", "https://"].first { text.hasPrefix($0) }.map { text.dropFirst($0.count) }
    guard let first = host?.first, first != "/", !text.contains(" ") else {
      throw CommandError(
        .usage, "'\(TextWidth.cut(text, to: 80))' is not a URL that starts with http://HOST or https://HOST")
    }
    return text
  }

  private static func address(_ text: String) throws(CommandError) -> String {
    let colon = text.lastIndex(of: ":")
    guard let colon, colon > text.startIndex, !text.contains("/") else {
      throw CommandError(.usage, "'\(TextWidth.cut(text, to: 80))' is not HOST:PORT")
    }
    _ = try PortNumber(argument: String(text[text.index(after: colon)...]))
    return text
  }
}
