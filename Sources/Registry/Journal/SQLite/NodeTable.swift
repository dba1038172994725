internal import MusterCatalog

/// The table `nodes`.
struct NodeTable {
  private let put: Statement
  private let remove: Statement
  private let note: Statement
  private var row = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    put = try connection.prepare(
      """
      INSERT INTO nodes (name, id, address, tagged_addresses, meta, create_revision, modify_revision)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT DO UPDATE SET
        id = ?2, address = ?3, tagged_addresses = ?4, meta = ?5, create_revision = ?6, modify_revision = ?7
      """)
    remove = try connection.prepare("DELETE FROM nodes WHERE name = ?")
    note = try connection.prepare(
      """
      UPDATE nodes SET removal_revision = max(removal_revision, ?2),
        check_removal_revision = max(check_removal_revision, ?3)
      WHERE name = ?1
      """)
  }

  mutating func put(_ node: Node) throws(JournalError) {
    row.removeAll()
    row.key(node.name)
    row.text(node.id)
    row.text(node.address)
    row.labels(node.taggedAddresses)
    row.labels(node.meta)
    row.revision(node.createRevision)
    row.revision(node.modifyRevision)
    try put.run(row)
  }

  mutating func remove(_ name: String) throws(JournalError) {
    row.removeAll()
    row.key(name)
    try remove.run(row)
  }

  mutating func note(_ removal: Removals.OnNode, on name: String) throws(JournalError) {
    row.removeAll()
    row.key(name)
    row.revision(removal.anything)
    row.revision(removal.nodeCheck)
    try note.run(row)
  }
}

extension NodeTable {
  /// All nodes in order.
  static let all = """
    SELECT name, id, address, tagged_addresses, meta, create_revision, modify_revision, removal_revision,
      check_removal_revision
    FROM nodes ORDER BY name
    """
}
