internal import MusterHTTPServer

extension HTTPResponse {
  /// A sentence for a person.
  static func text(_ status: Int, _ message: String, headers: [(String, String)] = []) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [("Content-Type", "text/plain; charset=utf-8"), ("Vary", "Accept-Encoding")] + headers,
      body: Array(message.utf8))
  }

  /// A refusal.
  static func refusal(_ error: APIError) -> HTTPResponse {
    let methods = error.allowedMethods.joined(separator: ", ")
    return .text(error.status, error.message, headers: methods.isEmpty ? [] : [("Allow", methods)])
  }

  /// A body of JSON with further headers.
  static func json(_ status: Int, _ body: [UInt8], headers: [(String, String)] = []) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [
        ("Content-Type", "application/json"), ("Vary", "Accept-Encoding"), ("X-Consul-Default-ACL-Policy", "allow"),
      ] + headers, body: body)
  }

  /// What agent endpoints answer when they are done.
  static let empty = HTTPResponse.json(200, [])

  /// What catalog endpoints answer when they are done.
  static let yes = HTTPResponse.json(200, Array("true\n".utf8))

  /// The registry is going away.
  static let stopping = HTTPResponse.text(503, "the registry is shutting down")
}
