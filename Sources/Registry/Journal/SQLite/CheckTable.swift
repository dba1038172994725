internal import MusterCatalog
internal import MusterTiming

/// The table `checks`.
struct CheckTable {
  /// What a check was of before it moved or was removed.
  enum Owner {
    case node
    case instance(String)
  }

  private let put: Statement
  private let update: Statement
  private let owner: Statement
  private let remove: Statement
  private var row = Parameters()
  private var key = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    let set = """
      name = ?4, status = ?5, notes = ?6, output = ?7, probe = ?8, target = ?9, ttl = ?10, probe_interval = ?11,
      timeout = ?12, deregister_after = ?13, success_before_passing = ?14, failures_before_warning = ?15,
      failures_before_critical = ?16, create_revision = ?17, modify_revision = ?18
      """
    put = try connection.prepare(
      """
      INSERT INTO checks (
        node, id, instance, name, status, notes, output, probe, target, ttl, probe_interval, timeout, deregister_after,
        success_before_passing, failures_before_warning, failures_before_critical, create_revision, modify_revision)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
      ON CONFLICT DO UPDATE SET instance = ?3, \(set)
      """)
    update = try connection.prepare("UPDATE checks SET \(set) WHERE node = ?1 AND id = ?2 AND instance IS ?3")
    owner = try connection.prepare("SELECT instance FROM checks WHERE node = ? AND id = ?")
    remove = try connection.prepare("DELETE FROM checks WHERE node = ? AND id = ? RETURNING instance")
  }

  /// Adds or replaces a check; returns what it was of before, if that is something else.
  mutating func put(_ check: Check, of instance: String?, on node: String) throws(JournalError) -> Owner? {
    fill(check, of: instance, on: node)
    var moved: Owner?
    if check.createRevision < check.modifyRevision {
      if try update.run(row) > 0 { return nil }
      moved = try owner(of: CheckKey(node: node, id: check.id), owner)
    }
    try put.run(row)
    return moved
  }

  /// Removes a check; returns what it was of.
  mutating func remove(_ check: CheckKey) throws(JournalError) -> Owner? {
    try owner(of: check, remove)
  }

  private mutating func fill(_ check: Check, of instance: String?, on node: String) {
    let definition = check.definition
    row.removeAll()
    row.key(node)
    row.key(check.id)
    row.key(instance)
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
  }

  private mutating func owner(of check: CheckKey, _ query: Statement) throws(JournalError) -> Owner? {
    key.removeAll()
    key.key(check.node)
    key.key(check.id)
    var owner: Owner?
    try query.run(key) { (row) throws(JournalError) in
      owner = row.isNull(0) ? .node : .instance(try row.text(0))
    }
    return owner
  }
}

extension CheckTable {
  /// All checks in order of their nodes and ids.
  static let all = """
    SELECT node, id, instance, name, status, notes, output, probe, target, ttl, probe_interval, timeout, deregister_after,
      success_before_passing, failures_before_warning, failures_before_critical, create_revision, modify_revision
    FROM checks ORDER BY node, id
    """
}
