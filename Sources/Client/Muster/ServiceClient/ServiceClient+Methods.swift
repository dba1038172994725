public import MusterHTTPClient

extension ServiceClient {
  /// Gets what is at a path.
  public func get(_ path: String, headers: [(name: String, value: String)] = []) async throws -> HTTPClientResponse {
    try await request("GET", path, headers: headers)
  }

  /// Posts a body; made again only if nothing was sent.
  public func post(
    _ path: String, _ body: [UInt8], headers: [(name: String, value: String)] = []
  ) async throws -> HTTPClientResponse {
    try await request("POST", path, headers: headers, body: body)
  }

  /// Puts a body.
  public func put(
    _ path: String, _ body: [UInt8], headers: [(name: String, value: String)] = []
  ) async throws -> HTTPClientResponse {
    try await request("PUT", path, headers: headers, body: body)
  }

  /// Deletes what is at a path.
  public func delete(_ path: String, headers: [(name: String, value: String)] = []) async throws -> HTTPClientResponse {
    try await request("DELETE", path, headers: headers)
  }
}
