/// What the API says of the registry itself, and its rules.
public struct APISettings: Sendable {
  /// The name of the node that agent calls register on.
  public var node: String
  /// The name of the datacenter.
  public var datacenter: String
  /// The program's version.
  public var version: String
  /// What keeps the state, for people: `sqlite` or `memory`.
  public var store: String
  /// Where the state is kept; empty when it is nowhere.
  public var dataDirectory: String
  /// Whether checks may run commands.
  public var allowsExecChecks: Bool
  /// Instances are not removed sooner than after being critical for this long, whatever they ask for; 1 min as in Consul.
  public var leastDeregisterAfter: Duration
  /// The most memory that rendered answers may take; 32 MiB.
  public var cacheBytes: Int

  /// Settings with their defaults.
  public init(
    node: String, datacenter: String = "dc1", version: String, store: String = "memory", dataDirectory: String = "",
    allowsExecChecks: Bool = false, leastDeregisterAfter: Duration = .seconds(60), cacheBytes: Int = 32 << 20
  ) {
    self.node = node
    self.datacenter = datacenter
    self.version = version
    self.store = store
    self.dataDirectory = dataDirectory
    self.allowsExecChecks = allowsExecChecks
    self.leastDeregisterAfter = leastDeregisterAfter
    self.cacheBytes = cacheBytes
  }
}
