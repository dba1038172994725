internal import MusterHTTPServer
internal import MusterThreading
internal import Testing

/// A handler made of closures.
struct ClosureHandler: HTTPHandler {
  var quick: @Sendable (Span<UInt8>, Bool) -> HTTPResponse? = { _, _ in nil }
  var handle: @Sendable (HTTPRequest) -> HTTPReply

  func quick(target: Span<UInt8>, acceptsGzip: Bool) -> HTTPResponse? { quick(target, acceptsGzip) }
  func handle(_ request: HTTPRequest) -> HTTPReply { handle(request) }
}

/// Answers with what it understood of the request.
func echo(_ request: HTTPRequest) -> HTTPReply {
  let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  let text = "\(request.method) \(request.segments) \(query) \(request.body.count)"
  return .now(HTTPResponse(status: 200, headers: [("Content-Type", "text/plain")], body: Array(text.utf8)))
}

/// Starts a server on a port of its own.
func serve(
  limits: HTTPServerConfiguration.Limits = .init(maxConnections: 4_096), threads: Int = 1,
  messages: Mailbox<String>? = nil,
  _ handle: @escaping @Sendable (HTTPRequest) -> HTTPReply = echo
) throws -> HTTPServer {
  try HTTPServer(
    configuration: HTTPServerConfiguration(threads: threads, limits: limits), handler: ClosureHandler(handle: handle),
    log: { messages?.push($0) })
}

/// Whether the condition becomes true within ten seconds.
func eventually(_ condition: () -> Bool) -> Bool {
  let deadline = ContinuousClock.now + .seconds(10)
  let clock = Mailbox<Never>(capacity: 1)
  while !condition() {
    guard ContinuousClock.now < deadline else { return false }
    _ = clock.takeAll(upTo: 1, until: .now + .milliseconds(1))
  }
  return true
}

extension Mailbox {
  /// The next element, if there is one within ten seconds.
  func next() -> Element? {
    takeAll(upTo: 1, until: .now + .seconds(10)).first
  }
}
