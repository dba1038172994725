internal import MusterCatalog
internal import MusterTiming

/// The table `checks`.
struct CheckTable {
  /// What a check is of.
  enum Owner: Equatable {
    case node
    case instance(String)

    init(_ instance: String?) {
      self = instance.map { .instance($0) } ?? .node
    }
  }

  /// In which row each check is, and what it is of.
  var index = RowIndex<CheckKey, Owner>()

  private let put: Statement
  private let remove: Statement
  private var row = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    put = try connection.prepare(
      """
      REPLACE INTO checks (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    remove = try connection.prepare("DELETE FROM checks WHERE row = ?")
  }

  /// Adds or replaces a check; returns what it was of before, if it was there.
  mutating func put(_ check: Check, of instance: String?, on node: String) throws(JournalError) -> Owner? {
    let definition = check.definition
    let place = index.put(Owner(instance), for: CheckKey(node: node, id: check.id))
    row.removeAll()
    row.integer(place.row)
    row.text(node)
    row.text(check.id)
    row.text(instance)
    row.text(check.name)
    row.text(check.status.rawValue)
    row.text(check.notes)
    row.text(check.output)
    row.text(definition.kind)
    row.target(of: definition.probe)
    row.duration(definition.ttl)
    row.duration(definition.interval)
    row.duration(definition.timeout)
    row.duration(definition.deregisterAfter)
    row.integer(definition.successBeforePassing)
    row.integer(definition.failuresBeforeWarning)
    row.integer(definition.failuresBeforeCritical)
    row.revision(check.createRevision)
    row.revision(check.modifyRevision)
    try put.run(row)
    return place.before
  }

  /// Removes a check; returns what it was of, if it was there.
  mutating func remove(_ check: CheckKey) throws(JournalError) -> Owner? {
    guard let entry = index.remove(check) else { return nil }
    row.removeAll()
    row.integer(entry.row)
    try remove.run(row)
    return entry.value
  }

  private static let columns = """
    row, node, id, instance, name, status, notes, output, probe, target, ttl, probe_interval, timeout, deregister_after,
    success_before_passing, failures_before_warning, failures_before_critical, create_revision, modify_revision
    """

  /// All checks in order of their rows.
  static let all = "SELECT \(columns) FROM checks ORDER BY row"
}
