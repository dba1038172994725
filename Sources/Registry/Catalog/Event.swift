public import MusterTiming

/// One change of the catalog: what happened, when, to whom and why, and what it left behind.
public struct Event: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable {
    /// An instance appeared.
    case registered
    /// An instance or its checks were registered anew with other content.
    case updated
    /// An instance went away.
    case deregistered
    /// A check turned passing.
    case passing
    /// A check turned warning.
    case warning
    /// A check turned critical.
    case critical
    /// A check has the same status and something else to say.
    case output
    /// A check was added or replaced by itself.
    case checkRegistered = "check-registered"
    /// A check was removed by itself.
    case checkDeregistered = "check-deregistered"
    /// A node appeared.
    case nodeRegistered = "node-registered"
    /// A node, or what it says of itself, changed.
    case nodeUpdated = "node-updated"
    /// A node went away.
    case nodeDeregistered = "node-deregistered"
    /// An instance or a node was taken out of service by hand.
    case maintenanceOn = "maintenance-on"
    /// An instance or a node was put back into service.
    case maintenanceOff = "maintenance-off"
    /// Too few instances of a service are healthy, so all are kept.
    case protectionOn = "protection-on"
    /// Enough instances are healthy again.
    case protectionOff = "protection-off"
    /// An instance that has just turned healthy gets more of its weight.
    case weight
  }

  /// Whom it happened to; what does not apply is empty.
  public struct Subject: Sendable, Equatable {
    /// The service's name.
    public var service: String
    /// The node's name.
    public var node: String
    /// The instance's id.
    public var instance: String
    /// The check's id.
    public var check: String

    /// A subject on `node`.
    public init(service: String = "", node: String, instance: String = "", check: String = "") {
      self.service = service
      self.node = node
      self.instance = instance
      self.check = check
    }
  }

  /// The place in the order of all changes; greater than that of every earlier event.
  public let revision: UInt64
  /// When it happened, by the registry's clock.
  public let time: Timestamp
  /// What happened.
  public let kind: Kind
  /// Whom it happened to.
  public let subject: Subject
  /// Why, in words for a person.
  public let cause: String
  /// What the journal has to keep for the state after this event.
  public let changes: [Change]

  /// An event.
  public init(
    revision: UInt64, time: Timestamp, kind: Kind, subject: Subject, cause: String, changes: [Change] = []
  ) {
    self.revision = revision
    self.time = time
    self.kind = kind
    self.subject = subject
    self.cause = cause
    self.changes = changes
  }
}

/// The smallest step from one state to the next; a list of all steps since the beginning is the state.
public enum Change: Sendable, Equatable {
  /// A node was added or replaced.
  case putNode(Node)
  /// A node was removed; its instances and checks are removed by steps of their own.
  case removeNode(String)
  /// An instance was added or replaced.
  case putInstance(node: String, Instance)
  /// An instance was removed.
  case removeInstance(InstanceKey)
  /// A check was added or replaced; `instance` is nil for a check of the whole node.
  case putCheck(node: String, instance: String?, Check)
  /// A check was removed.
  case removeCheck(CheckKey)
}
