/// How a registry finds out how an instance is.
public struct HealthCheck: Sendable, Hashable {
  /// What is looked at.
  public enum Kind: Sendable, Hashable {
    /// The service reports by itself, at least once in this time: `ServiceDiscovery.renew`.
    case ttl(Duration)
    /// The registry asks this URL: 2xx passes, 429 warns, anything else is critical.
    case http(url: String)
    /// The registry connects there.
    case tcp(Endpoint)
  }

  /// What is looked at.
  public var kind: Kind
  /// The time from one look to the next; of no use to a TTL.
  public var interval: Duration
  /// How long a look may take; of no use to a TTL.
  public var timeout: Duration
  /// An instance that has been critical for so long is removed; nil: never. Registries have a least value (Muster and
  /// Consul: a minute).
  public var deregisterAfter: Duration?

  /// A check that is made every 10 s and may take 2 s.
  public init(
    _ kind: Kind, interval: Duration = .seconds(10), timeout: Duration = .seconds(2), deregisterAfter: Duration? = nil
  ) {
    self.kind = kind
    self.interval = interval
    self.timeout = timeout
    self.deregisterAfter = deregisterAfter
  }

  /// The time in which the service must report; nil if it need not.
  public var ttl: Duration? {
    guard case .ttl(let time) = kind else { return nil }
    return time
  }
}
