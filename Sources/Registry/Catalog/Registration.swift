/// A node, optionally an instance on it, and checks, all added or replaced in one revision.
public struct Registration: Sendable {
  /// A check with what it is about.
  public struct PlacedCheck: Sendable {
    /// The id of the instance it belongs to; nil for a check of the whole node.
    public var instance: String?
    /// The check.
    public var check: Check

    /// A check of `instance`, or of the whole node.
    public init(_ check: Check, of instance: String?) {
      self.check = check
      self.instance = instance
    }
  }

  /// What becomes of a check's status when it was there before.
  public enum Statuses: Sendable {
    /// It keeps its status and output, as with an agent: a service that registers again does not turn critical for it.
    case carriedOver
    /// What is given counts, as with the catalog's own endpoint.
    case asGiven
  }

  /// The node's name.
  public var node: String
  /// The node's other fields; nil leaves a node as it is, and it must be there.
  public var nodeUpdate: Node?
  /// The instance.
  public var instance: Instance?
  /// Checks; those of an instance need it to be there, or to be the one given.
  public var checks: [PlacedCheck]
  /// Whether checks of the given instance that are not given are removed.
  public var replacesChecks: Bool
  /// What becomes of statuses.
  public var statuses: Statuses
  /// Who asked for it, for the history.
  public var cause: String

  /// How many checks a registration may have: their number enters squared into its cost.
  public static let checkLimit = 256

  /// A registration on `node`.
  public init(
    node: String, nodeUpdate: Node? = nil, instance: Instance? = nil, checks: [PlacedCheck] = [],
    replacesChecks: Bool = false, statuses: Statuses = .carriedOver, cause: String = "registered by a client"
  ) {
    self.node = node
    self.nodeUpdate = nodeUpdate
    self.instance = instance
    self.checks = checks
    self.replacesChecks = replacesChecks
    self.statuses = statuses
    self.cause = cause
  }
}
