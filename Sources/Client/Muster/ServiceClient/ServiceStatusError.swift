public import MusterDiscovery
public import MusterHTTPClient

/// An instance answered with a status that counts as its failure: 429, 500, 502, 503 or 504.
public struct ServiceStatusError: Error, Sendable, CustomStringConvertible {
  /// Who answered.
  public let instance: Instance
  /// The answer.
  public let response: HTTPClientResponse

  /// One line for people.
  public var description: String { "\(instance.id) at \(instance.endpoint) answered \(response.status)" }
}
