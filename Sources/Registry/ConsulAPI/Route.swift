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
    let segments = request.segments
    let method = request.method == "HEAD" ? "GET" : request.method
    var argument = ""
    var methods = routes[segments.joined(separator: "/")]
    if methods == nil, let last = segments.last, !last.isEmpty {
      methods = routes[(segments.dropLast() + ["*"]).joined(separator: "/")]
      argument = last
    }
    guard let methods else { throw Self.notServed(request) }
    guard let route = methods[method] else {
      let allowed = methods.keys.sorted().joined(separator: ", ")
      throw APIError(
        405, "method \(request.method.shortened) is not allowed for \(request.path.shortened): use \(allowed)")
    }
    return (route, argument)
  }

  private static func notServed(_ request: HTTPRequest) -> APIError {
    APIError(
      404,
      "\(request.path.shortened) is not served: Muster speaks the discovery part of Consul's API "
        + "(/v1/agent, /v1/catalog, /v1/health, /v1/status) and its own /v1/muster")
  }
}
