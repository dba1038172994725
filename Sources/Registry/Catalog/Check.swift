/// A health check of an instance, or of a whole node.
public struct Check: Sendable, Equatable {
  /// The id, unique on its node.
  public var id: String
  /// What a person calls it.
  public var name: String
  /// What it last said.
  public var status: HealthStatus
  /// A remark by whoever registered it.
  public var notes: String
  /// What the last report or probe printed, at most 4 KB.
  public var output: String
  /// How it comes to its status.
  public var definition: CheckDefinition
  /// The revision in which the check first appeared.
  public var createRevision: UInt64 = 0
  /// The revision of the last change of the fields above.
  public var modifyRevision: UInt64 = 0

  /// A check as given by a client, critical unless it says otherwise; the revisions are the catalog's to set.
  public init(
    id: String, name: String, status: HealthStatus = .critical, notes: String = "", output: String = "",
    definition: CheckDefinition = .manual
  ) {
    self.id = id
    self.name = name
    self.status = status
    self.notes = notes
    self.output = output
    self.definition = definition
  }

  /// Whether this is the reserved check that maintenance mode consists of.
  public var isMaintenance: Bool {
    id == Self.nodeMaintenanceID || id.utf8.starts(with: Self.instanceMaintenancePrefix.utf8)
  }

  /// The id of the check that puts a node in maintenance.
  public static let nodeMaintenanceID = "_node_maintenance"

  static let instanceMaintenancePrefix = "_service_maintenance:"

  /// The id of the check that puts the instance `id` in maintenance.
  public static func maintenanceID(ofInstance id: String) -> String { instanceMaintenancePrefix + id }

  /// Whether both say the same, whenever they said it.
  func says(theSameAs other: Check) -> Bool {
    var copy = other
    copy.createRevision = createRevision
    copy.modifyRevision = modifyRevision
    return self == copy
  }
}

extension Sequence<Check> {
  /// The worst of these checks; no checks at all is passing.
  public var aggregateStatus: HealthStatus {
    reduce(.passing) { worst, check in
      Swift.max(worst, check.isMaintenance && check.status == .critical ? .maintenance : check.status)
    }
  }
}

/// What identifies a check in the whole catalog.
public struct CheckKey: Sendable, Hashable {
  /// The node's name.
  public let node: String
  /// The check's id on that node.
  public let id: String

  /// The check `id` on `node`.
  public init(node: String, id: String) {
    self.node = node
    self.id = id
  }
}
