internal import CCurl

/// A client that sends one HTTP request after another and keeps connections open between them.
///
/// A request blocks its thread. A client is used by one thread at a time; use one for each thread.
/// A request is sent once: one that is lost is an error, also on a connection that was kept. Redirects are not followed, only
/// `http` and `https` are spoken, and proxies of the environment are not used: a registry is reached directly.
public final class HTTPClient {
  /// What is taken from a server at most; more ends the request with ``HTTPClientError/Code/responseTooLarge``.
  public struct Limits: Sendable {
    /// Bytes of a body, 64 MiB by default.
    public var bodyBytes = 64 << 20
    /// Number of headers, 256 by default.
    public var headerCount = 256
    /// Bytes of all headers, 64 KiB by default. One of them has 100 KiB at most in any case.
    public var headerBytes = 64 << 10
    /// The longest line of a head that libcurl has room for.
    static let longestHeader = 100 << 10

    /// Makes the default limits.
    public init() {}
  }

  /// The limits of every answer.
  public let limits: Limits
  private let handles: CurlHandles

  /// Makes a client; it connects with the first request.
  ///
  /// - Throws: ``HTTPClientError/Code/unavailable`` when the HTTP library can't be set up.
  public init(limits: Limits = Limits()) throws(HTTPClientError) {
    self.limits = limits
    self.handles = try CurlHandles()
  }

  /// Sends a request and waits for the whole answer, whatever its status.
  ///
  /// - Parameters:
  ///   - method: The method, such as `GET`.
  ///   - url: An absolute URL, already percent-encoded; its path is sent as it is, `..` too.
  ///   - headers: Headers to send, in this order.
  ///   - body: The body; nil and empty are the same.
  ///   - timeout: The longest time for all of it. Default: 30 s.
  ///   - connectTimeout: The longest time until the connection stands. Default: 5 s.
  ///   - cancellation: Ends the request early with ``HTTPClientError/Code/cancelled``.
  /// - Returns: The answer.
  /// - Throws: ``HTTPClientError`` when there is no complete answer.
  public func request(
    _ method: String, _ url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
    timeout: Duration = .seconds(30), connectTimeout: Duration = .seconds(5), cancellation: HTTPCancellation? = nil
  ) throws(HTTPClientError) -> HTTPClientResponse {
    let request = HTTPClientRequest(
      method: method, url: url, headers: headers, body: body ?? [], timeout: timeout, connectTimeout: connectTimeout)
    try request.validate()
    let transfer = Transfer(limits: limits)
    return try handles.perform(request, into: transfer, cancellation: cancellation)
  }
}
