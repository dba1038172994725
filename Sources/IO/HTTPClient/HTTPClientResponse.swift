/// What a server answered.
public struct HTTPClientResponse: Sendable {
  /// The status code, such as 200.
  public let status: Int
  /// The headers of the final answer; those of interim answers (1xx) are dropped.
  public let headers: HTTPClientHeaders
  /// The body as it came, not decompressed.
  public let body: [UInt8]

  package init(status: Int, headers: HTTPClientHeaders, body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The body as text; what is not UTF-8 is replaced by U+FFFD.
  public var text: String { String(decoding: body, as: UTF8.self) }
}
