/// Answers requests.
///
/// It is called on the server's threads, several at a time, so it must not block.
public protocol HTTPHandler: Sendable {
  /// Answers a GET or HEAD that has no body, if that can be done from the raw target alone.
  ///
  /// It is asked first, for every such request, and is the hot path: nothing is parsed or allocated before.
  ///
  /// - Parameters:
  ///   - target: the path and query as the client sent them, such as `/v1/health/service/web?passing`; valid during
  ///     the call only.
  ///   - acceptsGzip: whether the client takes gzip. The response picks its encoding itself; no need to look.
  /// - Returns: a response, or nil to have the request parsed and given to `handle`.
  func quick(target: Span<UInt8>, acceptsGzip: Bool) -> HTTPResponse?

  /// Answers a request, now or later.
  ///
  /// Requests that are not HTTP, or above a limit, or whose target can't be decoded are answered before.
  func handle(_ request: HTTPRequest) -> HTTPReply
}

extension HTTPHandler {
  /// Answers nothing: every request is given to `handle`.
  public func quick(target: Span<UInt8>, acceptsGzip: Bool) -> HTTPResponse? { nil }
}

/// What a handler makes of a request.
public enum HTTPReply: Sendable {
  /// The answer.
  case now(HTTPResponse)
  /// The answer comes later, from any thread: the closure is called at once, on the server's thread, and keeps the
  /// exchange to answer it. An exchange that is never answered holds its connection until the client hangs up
  /// (if `onHangUp` is set) or the server stops.
  case later(@Sendable (HTTPExchange) -> Void)
}
