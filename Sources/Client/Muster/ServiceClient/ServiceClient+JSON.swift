internal import FoundationEssentials
public import MusterHTTPClient

extension ServiceClient {
  /// Gets a value that is sent as JSON.
  ///
  /// - Throws: ``ServiceContentError`` if the status is not 2xx or the body not such a value, else as `request` does.
  public func get<Value: Decodable>(
    _ path: String, as type: Value.Type, headers: [(name: String, value: String)] = []
  ) async throws -> Value {
    try await Self.decode(request("GET", path, headers: Self.accepting(headers)), as: type)
  }

  /// Posts a value as JSON; made again only if nothing was sent.
  ///
  /// - Throws: ``ServiceContentError`` if the value can't be written as JSON, else as `request` does.
  public func post(
    _ path: String, json value: some Encodable, headers: [(name: String, value: String)] = []
  ) async throws -> HTTPClientResponse {
    try await request("POST", path, headers: Self.sending(headers), body: Self.encode(value))
  }

  /// Posts a value as JSON and takes one from the answer; made again only if nothing was sent.
  ///
  /// - Throws: ``ServiceContentError`` if a value can't be written or read as JSON or the status is not 2xx, else as `request`
  ///   does.
  public func post<Value: Decodable>(
    _ path: String, json value: some Encodable, as type: Value.Type, headers: [(name: String, value: String)] = []
  ) async throws -> Value {
    try await Self.decode(post(path, json: value, headers: Self.accepting(headers)), as: type)
  }

  /// Puts a value as JSON.
  ///
  /// - Throws: ``ServiceContentError`` if the value can't be written as JSON, else as `request` does.
  public func put(
    _ path: String, json value: some Encodable, headers: [(name: String, value: String)] = []
  ) async throws -> HTTPClientResponse {
    try await request("PUT", path, headers: Self.sending(headers), body: Self.encode(value))
  }

  /// Puts a value as JSON and takes one from the answer.
  ///
  /// - Throws: ``ServiceContentError`` if a value can't be written or read as JSON or the status is not 2xx, else as `request`
  ///   does.
  public func put<Value: Decodable>(
    _ path: String, json value: some Encodable, as type: Value.Type, headers: [(name: String, value: String)] = []
  ) async throws -> Value {
    try await Self.decode(put(path, json: value, headers: Self.accepting(headers)), as: type)
  }

  private typealias Headers = [(name: String, value: String)]

  private static func accepting(_ headers: Headers) -> Headers { adding("Accept", to: headers) }

  private static func sending(_ headers: Headers) -> Headers { adding("Content-Type", to: headers) }

  private static func adding(_ name: String, to headers: Headers) -> Headers {
    let isThere = headers.contains { $0.name.lowercased() == name.lowercased() }
    return isThere ? headers : headers + [(name, "application/json")]
  }

  private static func encode(_ value: some Encodable) throws(ServiceContentError) -> [UInt8] {
    do {
      return Array(try JSONEncoder().encode(value))
    } catch {
      throw ServiceContentError(.unencodable, "a \(type(of: value)) can't be written as JSON: \(error)", nil)
    }
  }

  private static func decode<Value: Decodable>(
    _ response: HTTPClientResponse, as type: Value.Type
  ) throws(ServiceContentError) -> Value {
    guard (200..<300).contains(response.status) else {
      throw ServiceContentError(.status, "answered \(response.status): \(response.text.prefix(200))", response)
    }
    do {
      return try JSONDecoder().decode(type, from: Data(response.body))
    } catch {
      throw ServiceContentError(.undecodable, "the answer is no \(type): \(error)", response)
    }
  }
}
