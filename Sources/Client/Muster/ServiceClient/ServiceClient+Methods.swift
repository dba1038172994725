public import MusterHTTPClient
public import MusterResilience

extension ServiceClient {
  /// Gets what is at a path.
  public func get(
    _ path: String, headers: [(name: String, value: String)] = [], fallback: Fallback<HTTPClientResponse>? = nil
  ) async throws -> HTTPClientResponse {
    try await request("GET", path, headers: headers, fallback: fallback)
  }

  /// Posts a body; made again only if nothing was sent.
  public func post(
    _ path: String, _ body: [UInt8], headers: [(name: String, value: String)] = [],
    fallback: Fallback<HTTPClientResponse>? = nil
  ) async throws -> HTTPClientResponse {
    try await request("POST", path, headers: headers, body: body, fallback: fallback)
  }

  /// Puts a body.
  public func put(
    _ path: String, _ body: [UInt8], headers: [(name: String, value: String)] = [],
    fallback: Fallback<HTTPClientResponse>? = nil
  ) async throws -> HTTPClientResponse {
    try await request("PUT", path, headers: headers, body: body, fallback: fallback)
  }

  /// Deletes what is at a path.
  public func delete(
    _ path: String, headers: [(name: String, value: String)] = [], fallback: Fallback<HTTPClientResponse>? = nil
  ) async throws -> HTTPClientResponse {
    try await request("DELETE", path, headers: headers, fallback: fallback)
  }
}
