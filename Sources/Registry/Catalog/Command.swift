/// What can be asked of the catalog. Every change goes through one of these.
public enum Command: Sendable {
  /// Adds or replaces a node, an instance and checks; see `Registration`.
  case register(Registration)
  /// Registers the node that the registry runs on and keeps it: its id and addresses stay, whatever is registered, and
  /// when it is deregistered, it loses what is on it and comes back as given here.
  case keep(Node, cause: String)
  /// Removes an instance and its checks.
  case deregisterInstance(InstanceKey, cause: String)
  /// Removes one check.
  case deregisterCheck(CheckKey, cause: String)
  /// Removes a node with all its instances and checks.
  case deregisterNode(String, cause: String)
  /// What a service or a probe says of a check.
  case report(Report)
  /// Takes an instance out, or puts it back.
  case maintainInstance(InstanceKey, Maintenance)
  /// Takes a node with all its instances out, or puts it back.
  case maintainNode(String, Maintenance)
  /// A timer that the catalog asked for has run out.
  case timerFired(CatalogTimer)

  /// What a service or a probe says of a check.
  public struct Report: Sendable {
    /// The check.
    public let check: CheckKey
    /// Its new status.
    public let status: HealthStatus
    /// What was printed, at most 4 KB.
    public let output: String
    /// Whether only a TTL check may be meant, as with Consul's heartbeat calls.
    public let isHeartbeat: Bool

    /// A report on `check`.
    public init(check: CheckKey, status: HealthStatus, output: String, isHeartbeat: Bool) {
      self.check = check
      self.status = status
      self.output = output
      self.isHeartbeat = isHeartbeat
    }
  }

  /// On or off.
  public enum Maintenance: Sendable, Equatable {
    /// Out of service, for a reason that people will read.
    case on(reason: String)
    /// Back in service.
    case off
  }
}
