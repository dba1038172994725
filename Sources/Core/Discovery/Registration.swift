/// What an instance says of itself when it registers.
public struct Registration: Sendable, Hashable {
  /// The name of the service: 1 … 128 bytes of letters, digits, `-`, `_` and `.`.
  public var service: String
  /// What tells the instance from all others of its registry; nil: `<service>-<host>-<port>`.
  public var id: String?
  /// Where it takes calls; nil: the address of this host, as the provider sees it.
  public var host: String?
  /// The port that it takes calls at, from 1.
  public var port: UInt16
  /// Words to choose instances by.
  public var tags: [String]
  /// What callers may want to know of it.
  public var metadata: [String: String]
  /// Its share of the calls: 0 … 65,535.
  public var weight: Int
  /// Where it runs, such as a rack or an availability zone.
  public var zone: String?
  /// How the registry finds out how it is; none: it is taken for well until it is deregistered.
  public var checks: [HealthCheck]

  /// A registration as it is; `validate` says whether a provider takes it.
  public init(
    service: String, port: UInt16, host: String? = nil, id: String? = nil, tags: [String] = [],
    metadata: [String: String] = [:], weight: Int = 1, zone: String? = nil, checks: [HealthCheck] = []
  ) {
    self.service = service
    self.id = id
    self.host = host
    self.port = port
    self.tags = tags
    self.metadata = metadata
    self.weight = weight
    self.zone = zone
    self.checks = checks
  }

  /// The instance that this registration makes, where callers reach this host at `address`.
  public func instance(at address: String) -> Instance {
    let host = host ?? address
    return Instance(
      id: id ?? "\(service)-\(host)-\(port)", service: service, endpoint: Endpoint(host: host, port: port), tags: tags,
      metadata: metadata, weight: weight, zone: zone)
  }

  /// The shortest TTL of the checks; nil if the instance need not report.
  public var ttl: Duration? { checks.compactMap(\.ttl).min() }
}
