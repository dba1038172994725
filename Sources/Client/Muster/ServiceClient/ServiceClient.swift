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
  /// Where answers to GET are kept; nil: nowhere.
  public let cache: ResponseCache?
  let observer: @Sendable (ResilienceEvent) -> Void
  let transport: HTTPTransport
  let scheme: String

  /// A client that knows no instances until `run` or `caller.update`.
  ///
  /// - Parameters:
  ///   - service: the name of the service.
  ///   - settings: balancing and fault tolerance.
  ///   - scheme: `http` or `https`; an instance's metadata `scheme` goes before it.
  ///   - limits: what is taken of an answer.
  ///   - cache: keeps answers to GET, for this client and others that have the same.
  ///   - observer: is told every decision; it must not block.
  /// - Throws: `DiscoveryError`, `BalancingError`, `ResilienceError` or `HTTPClientError`.
  public init(
    _ service: String, settings: CallSettings = CallSettings(), scheme: String = "http",
    limits: HTTPClient.Limits = HTTPClient.Limits(), cache: ResponseCache? = nil,
    observer: @escaping @Sendable (ResilienceEvent) -> Void = { _ in }
  ) throws {
    guard ["http", "https"].contains(scheme) else {
      throw DiscoveryError(.invalidArgument, "the scheme '\(scheme)': it must be http or https")
    }
    self.scheme = scheme
    self.cache = cache
    self.observer = observer
    caller = try ServiceCaller(service, settings: settings, observer: observer)
    transport = try HTTPTransport(limits: limits)
  }

  /// Follows the service in a registry, and fetches stale answers anew for the cache, until the task is cancelled.
  public func run(watching discovery: some ServiceDiscovery) async {
    await withTaskGroup { group in
      group.addTask { await self.caller.run(watching: discovery) }
      if let cache { group.addTask { await cache.run() } }
    }
  }

  /// Ends what is under way.
  public func close() { transport.close() }
}
