public import MusterCatalog
public import MusterChecks
public import MusterHTTPServer
public import MusterJournal
public import MusterRegistryDNS

/// How a registry server runs. Every setting has a name, by which the command line and the configuration file give it.
public struct ServerSettings: Sendable {
  /// What keeps the state.
  public enum Store: String, Sendable, CaseIterable {
    /// A SQLite file in the data directory.
    case sqlite
    /// Nothing: the state is gone when the server ends.
    case memory
  }

  /// The address of the HTTP API.
  public var httpHost = "127.0.0.1"
  /// The port of the HTTP API; 0 takes any that is free.
  public var httpPort: UInt16 = 8_500
  /// Where DNS is answered, and for what; nil answers none.
  ///
  /// The node and the datacenter are those of the server.
  public var dns: DNSSettings? = DNSSettings()
  /// What keeps the state.
  public var store = Store.sqlite
  /// Where the state is kept.
  public var dataDirectory = "./muster-data"
  /// The name of this node; nil takes the machine's.
  public var node: String?
  /// The address of services on this node that give none; nil takes the HTTP address, or the machine's where that is
  /// a wildcard.
  public var advertise: String?
  /// The name of the datacenter.
  public var datacenter = "dc1"
  /// Threads for HTTP; nil takes one for each processor, at most 8.
  public var threads: Int?
  /// How the registry's own checks run.
  public var checks = CheckSettings()
  /// What is made of health beyond the single check.
  public var health = HealthPolicy()
  /// No instance is removed sooner than after being critical for this long.
  public var leastDeregisterAfter = Duration.seconds(60)
  /// How much history is kept.
  public var history = HistoryBounds()
  /// What is taken from HTTP clients at most.
  public var limits = HTTPServerConfiguration.Limits()
  /// The most memory for rendered answers, in bytes.
  public var cacheBytes = 32 << 20
  /// The least level of lines that are logged.
  public var logLevel = Log.Level.info
  /// What lines of the log look like.
  public var logFormat = Log.Format.text

  /// The defaults.
  public init() {}
}
