internal import MusterCatalog

/// The table `instances`.
struct InstanceTable {
  private let put: Statement
  private let update: Statement
  private let service: Statement
  private let remove: Statement
  private var row = Parameters()
  private var key = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    let set = """
      address = ?4, port = ?5, tags = ?6, meta = ?7, tagged_addresses = ?8, passing_weight = ?9, warning_weight = ?10,
      enable_tag_override = ?11, create_revision = ?12, modify_revision = ?13
      """
    put = try connection.prepare(
      """
      INSERT INTO instances (
        node, id, service, address, port, tags, meta, tagged_addresses, passing_weight, warning_weight,
        enable_tag_override, create_revision, modify_revision)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
      ON CONFLICT DO UPDATE SET service = ?3, \(set)
      """)
    update = try connection.prepare(
      "UPDATE instances SET \(set) WHERE node = ?1 AND id = ?2 AND service = ?3")
    service = try connection.prepare("SELECT service FROM instances WHERE node = ? AND id = ?")
    remove = try connection.prepare("DELETE FROM instances WHERE node = ? AND id = ? RETURNING service")
  }

  /// Adds or replaces an instance.
  ///
  /// One that changes its service is removed from the other one.
  mutating func put(
    _ instance: Instance, on node: String, at revision: UInt64, _ removals: inout Removals
  ) throws(JournalError) {
    fill(instance, on: node)
    if instance.createRevision < instance.modifyRevision {
      if try update.run(row) > 0 { return }
      if let old = try service(of: InstanceKey(node: node, id: instance.id)) {
        removals.note(service: old, on: node, at: revision)
      }
    }
    try put.run(row)
  }

  private mutating func fill(_ instance: Instance, on node: String) {
    row.removeAll()
    row.key(node)
    row.key(instance.id)
    row.key(instance.service)
    row.text(instance.address)
    row.integer(instance.port)
    row.strings(instance.tags)
    row.labels(instance.meta)
    row.addresses(instance.taggedAddresses)
    row.integer(instance.weights.passing)
    row.integer(instance.weights.warning)
    row.integer(instance.enableTagOverride ? 1 : 0)
    row.revision(instance.createRevision)
    row.revision(instance.modifyRevision)
  }

  mutating func remove(
    _ instance: InstanceKey, at revision: UInt64, _ removals: inout Removals
  ) throws(JournalError) {
    if let old = try service(of: instance, remove) {
      removals.note(service: old, on: instance.node, at: revision)
    }
  }

  /// The service that the instance belongs to.
  mutating func service(of instance: InstanceKey) throws(JournalError) -> String? {
    try service(of: instance, service)
  }

  private mutating func service(of instance: InstanceKey, _ query: Statement) throws(JournalError) -> String? {
    key.removeAll()
    key.key(instance.node)
    key.key(instance.id)
    var service: String?
    try query.run(key) { (row) throws(JournalError) in service = try row.text(0) }
    return service
  }
}

extension InstanceTable {
  /// All instances in order of their nodes and ids.
  static let all = """
    SELECT node, id, service, address, port, tags, meta, tagged_addresses, passing_weight, warning_weight,
      enable_tag_override, create_revision, modify_revision
    FROM instances ORDER BY node, id
    """
}
