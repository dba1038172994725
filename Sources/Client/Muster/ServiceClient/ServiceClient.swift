public import MusterCalling
public import MusterDiscovery
public import MusterHTTPClient
public import MusterResilience

/// Calls a service over HTTP by its name.
///
/// Instances are found, chosen and given up on by a ``ServiceCaller``; connections are kept for each of them. Answers with
/// 502, 503, 504 and 429 count as failures of their instance, and 500 does too; calls whose method is idempotent (GET, HEAD,
/// PUT, DELETE, OPTIONS, TRACE, by RFC 9110, 9.2.2) are made again then, others only if nothing was sent.
public final class ServiceClient: Sendable {
  /// Finds and chooses instances.
  public let caller: ServiceCaller
  private let transport: HTTPTransport
  private let scheme: String

  /// A client that knows no instances until `run` or `caller.update`.
  ///
  /// - Parameters:
  ///   - service: the name of the service.
  ///   - settings: balancing and fault tolerance.
  ///   - scheme: `http` or `https`; an instance's metadata `scheme` goes before it.
  ///   - limits: what is taken of an answer.
  ///   - observer: is told every decision; it must not block.
  /// - Throws: `DiscoveryError`, `BalancingError`, `ResilienceError` or `HTTPClientError`.
  public init(
    _ service: String, settings: CallSettings = CallSettings(), scheme: String = "http",
    limits: HTTPClient.Limits = HTTPClient.Limits(),
    observer: @escaping @Sendable (ResilienceEvent) -> Void = { _ in }
  ) throws {
    guard ["http", "https"].contains(scheme) else {
      throw DiscoveryError(.invalidArgument, "the scheme '\(scheme)': it must be http or https")
    }
    self.scheme = scheme
    caller = try ServiceCaller(service, settings: settings, observer: observer)
    transport = try HTTPTransport(limits: limits)
  }

  /// Follows the service in a registry until the task is cancelled.
  public func run(watching discovery: some ServiceDiscovery) async { await caller.run(watching: discovery) }

  /// Sends a request to an instance of the service.
  ///
  /// - Parameters:
  ///   - method: such as `GET`.
  ///   - path: with its query, percent-encoded, from `/`.
  ///   - headers: to send, in this order.
  ///   - body: empty for none.
  ///   - key: what the call is about, for policies that send the same key to the same instance.
  ///   - isIdempotent: whether it may be carried out twice; nil: as its method says.
  /// - Returns: the answer, whatever its status, unless every try failed.
  /// - Throws: `CallError`, `HTTPClientError`, `CancellationError`, and ``ServiceStatusError`` when the last try was answered
  ///   with a status that counts as a failure.
  public func request(
    _ method: String, _ path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    key: UInt64? = nil, isIdempotent: Bool? = nil
  ) async throws -> HTTPClientResponse {
    guard path.hasPrefix("/") else {
      throw DiscoveryError(.invalidArgument, "the path '\(path.prefix(200))': it must begin with /")
    }
    let isIdempotent = isIdempotent ?? Self.idempotentMethods.contains(method)
    return try await caller.call(key: key, isIdempotent: isIdempotent, classify: Self.classify) { attempt in
      let response = try await self.transport.send(
        method, self.url(attempt.instance, path), headers: headers, body: body, timeout: attempt.timeout,
        connectTimeout: attempt.timeout)
      if Self.isFailure(response.status) { throw ServiceStatusError(instance: attempt.instance, response: response) }
      return response
    }
  }

  /// Ends what is under way.
  public func close() { transport.close() }

  private static let idempotentMethods: Set<String> = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"]

  private func url(_ instance: Instance, _ path: String) -> String {
    "\(instance.metadata["scheme"] ?? scheme)://\(instance.endpoint)\(path)"
  }

  private static func isFailure(_ status: Int) -> Bool { [429, 500, 502, 503, 504].contains(status) }

  private static func classify(_ error: any Error) -> CallOutcome {
    switch error {
    case let error as HTTPClientError where error.code == .invalidRequest: .refused
    case let error as HTTPClientError where !error.wasSent: .notSent
    case let error as HTTPClientError: error.code == .timedOut ? .timedOut : .failed
    case is ServiceStatusError: .failed
    default: .refused
    }
  }
}
