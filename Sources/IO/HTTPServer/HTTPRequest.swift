/// A request, read in full and decoded.
public struct HTTPRequest: Sendable {
  /// The method as sent, in capitals by convention; `GET` also for a HEAD, whose answer is sent without its body.
  public let method: String
  /// The path and the query as sent.
  public let target: String
  /// The path as sent, still percent-encoded.
  public let path: String
  /// The path's parts between slashes, each percent-decoded: `/v1/a%2Fb/` gives `v1`, `a/b` and an empty one; `/` none.
  public let segments: [String]
  /// The query's parameters in order, decoded; `+` is a space.
  ///
  /// One without `=` has an empty value.
  public let query: [(name: String, value: String)]
  /// The body; empty if there is none.
  public let body: [UInt8]
  /// Whether the client takes gzip.
  public let acceptsGzip: Bool

  private let headers: [(name: String, value: String)]
  private let client: ClientAddress

  /// Makes a request as a client would send it, for tests and for calling a handler directly.
  ///
  /// - Throws: `HTTPRequestError` if the target can't be decoded.
  public init(
    method: String, target: String, headers: [(String, String)] = [], body: [UInt8] = []
  ) throws(HTTPRequestError) {
    try self.init(
      method: method, target: Array(target.utf8), headers: headers.map { (name: $0.0, value: $0.1) }, body: body,
      client: ClientAddress())
  }

  init(
    method: String, target: [UInt8], headers: [(name: String, value: String)], body: [UInt8], client: ClientAddress
  ) throws(HTTPRequestError) {
    let parsed = try RequestTarget(target)
    self.method = method == "HEAD" ? "GET" : method
    self.target = parsed.text
    path = parsed.path
    segments = parsed.segments
    query = parsed.query
    self.body = body
    self.headers = headers
    self.client = client
    acceptsGzip = headers.contains { pair in
      pair.name.equalsIgnoringCase("accept-encoding") && AcceptEncoding.allowsGzip(pair.value.utf8.span)
    }
  }

  /// The value of a header field.
  ///
  /// - Parameter name: in any case.
  /// - Returns: the first value if the field is there several times; nil if it is not there.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.equalsIgnoringCase(name) }?.value
  }

  /// The client's IP address, such as `127.0.0.1` or `::1`; empty if it is not known.
  public var remoteAddress: String { client.text }
}

/// Why a request's target can't be decoded.
public struct HTTPRequestError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let message: String

  /// The message.
  public var description: String { message }
}

extension String {
  /// Whether both are the same but for the case of ASCII letters.
  func equalsIgnoringCase(_ other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return zip(utf8, other.utf8).allSatisfy { $0.lowercased == $1.lowercased }
  }
}

extension UInt8 {
  /// The small letter of an ASCII capital, any other byte as it is.
  var lowercased: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
