internal import MusterCatalog
internal import MusterHTTPServer

/// What an endpoint does for one method.
enum Route: Sendable {
  /// A look-up.
  case view(@Sendable (Call) throws(APIError) -> View)
  /// A change.
  case change(@Sendable (Call) throws(APIError) -> Submission)
  /// Anything else.
  case custom(@Sendable (Call) throws(APIError) -> HTTPReply)
}

/// A change that a client asks for.
struct Submission: Sendable {
  enum Reply: Sendable {
    /// Nothing, as the agent's endpoints answer.
    case empty
    /// `true`, as the catalog's endpoints answer.
    case yes
  }

  let command: Command
  var reply = Reply.empty
  /// Whether something that is not there counts as done.
  var forgivesUnknown = false
}

/// All endpoints, by path; a last part of `*` stands for a name or an id.
struct Router: Sendable {
  private let routes: [String: [String: Route]]

  /// - Parameter routes: the methods of each path; paths without a slash in front.
  init(_ routes: [String: [String: Route]]) {
    self.routes = Dictionary(uniqueKeysWithValues: routes.map { ("/" + $0.key, $0.value) })
  }

  /// What to do for a request.
  ///
  /// - Throws: 404 for a path that is not served, 405 for a method that its path does not take.
  func find(_ request: HTTPRequest) throws(APIError) -> (route: Route, argument: String) {
    guard let (methods, argument) = methods(for: request) else { throw Self.notServed(request) }
    guard let route = methods[request.method] else {
      let allowed = methods.keys.sorted()
      throw APIError(
        405,
        "method \(request.method.shortened.debugDescription) is not allowed for \(request.path.shortened): "
          + "use \(allowed.joined(separator: " or "))", allowedMethods: allowed)
    }
    return (route, argument)
  }

  /// The methods of a path, and what its `*` stands for: all of the rest, since ids may contain slashes and clients do
  /// not encode them. The words of a route are compared as they were sent, so an escaped slash is part of no word.
  private func methods(for request: HTTPRequest) -> (methods: [String: Route], argument: String)? {
    let path = request.path
    if path.utf8.last != UInt8(ascii: "*"), let exact = routes[path] { return (exact, "") }
    var words = path.utf8[...]
    for parts in 1...Self.deepest {
      guard let slash = words.lastIndex(of: UInt8(ascii: "/")) else { return nil }
      words = words[..<slash]
      guard let found = routes["\(path[..<slash])/*"] else { continue }
      let argument = request.segments.suffix(parts).joined(separator: "/")
      return argument.isEmpty ? nil : (found, argument)
    }
    return nil
  }

  /// No id has more slashes than fit in this many parts.
  private static let deepest = 32

  private static func notServed(_ request: HTTPRequest) -> APIError {
    APIError(
      404,
      "\(request.path.shortened) is not served: Muster speaks the discovery part of Consul's API "
        + "(/v1/agent, /v1/catalog, /v1/health, /v1/status) and its own /v1/muster")
  }
}
