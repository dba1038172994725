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

  init(_ routes: [String: [String: Route]]) {
    self.routes = routes
  }

  /// What to do for a request.
  ///
  /// - Throws: 404 for a path that is not served, 405 for a method that its path does not take.
  func find(_ request: HTTPRequest) throws(APIError) -> (route: Route, argument: String) {
    guard let (methods, argument) = methods(for: request.segments) else { throw Self.notServed(request) }
    let method = request.method == "HEAD" ? "GET" : request.method
    guard let route = methods[method] else {
      let allowed = methods.keys.sorted()
      throw APIError(
        405,
        "method \(request.method.shortened.debugDescription) is not allowed for \(request.path.shortened): "
          + "use \(allowed.joined(separator: " or "))", allowedMethods: allowed)
    }
    return (route, argument)
  }

  /// The methods of a path, and what its `*` stands for: all of the rest, since ids may contain slashes and clients do
  /// not encode them.
  private func methods(for segments: [String]) -> (methods: [String: Route], argument: String)? {
    if let exact = Self.fixedPart(segments[...]).flatMap({ routes[$0] }) { return (exact, "") }
    guard segments.count <= Self.deepest else { return nil }
    for count in segments.indices.reversed() {
      guard let found = Self.fixedPart(segments[..<count]).flatMap({ routes["\($0)/*"] }) else { continue }
      let argument = segments[count...].joined(separator: "/")
      return argument.isEmpty ? nil : (found, argument)
    }
    return nil
  }

  /// No id has more slashes than fit in this many parts.
  private static let deepest = 32

  /// A path without an argument as the table of routes has it; nil when a part can't be one of its words, such as one
  /// with an escaped slash.
  private static func fixedPart(_ segments: ArraySlice<String>) -> String? {
    guard segments.allSatisfy({ $0 != "*" && !$0.contains("/") }) else { return nil }
    return segments.joined(separator: "/")
  }

  private static func notServed(_ request: HTTPRequest) -> APIError {
    APIError(
      404,
      "\(request.path.shortened) is not served: Muster speaks the discovery part of Consul's API "
        + "(/v1/agent, /v1/catalog, /v1/health, /v1/status) and its own /v1/muster")
  }
}
