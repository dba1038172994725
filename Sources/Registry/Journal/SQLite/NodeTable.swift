internal import MusterCatalog

/// The table `nodes`.
struct NodeTable {
  /// In which row each node is.
  var index = RowIndex<String, Void>()

  private let put: Statement
  private let remove: Statement
  private let note: Statement
  private var row = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    put = try connection.prepare(
      """
      INSERT INTO nodes (row, name, id, address, tagged_addresses, meta, create_revision, modify_revision)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      ON CONFLICT DO UPDATE SET name = ?2, id = ?3, address = ?4, tagged_addresses = ?5, meta = ?6,
        create_revision = ?7, modify_revision = ?8
      """)
    remove = try connection.prepare("DELETE FROM nodes WHERE row = ?")
    note = try connection.prepare(
      """
      UPDATE nodes SET removal_revision = max(removal_revision, ?2),
        check_removal_revision = max(check_removal_revision, ?3)
      WHERE row = ?1
      """)
  }

  /// Adds or replaces a node.
  mutating func put(_ node: Node) throws(JournalError) {
    row.removeAll()
    row.integer(index.put((), for: node.name).row)
    row.text(node.name)
    row.text(node.id)
    row.text(node.address)
    row.labels(node.taggedAddresses)
    row.labels(node.meta)
    row.revision(node.createRevision)
    row.revision(node.modifyRevision)
    try put.run(row)
  }

  /// Removes a node, if it is there.
  mutating func remove(_ name: String) throws(JournalError) {
    guard let entry = index.remove(name) else { return }
    row.removeAll()
    row.integer(entry.row)
    try remove.run(row)
  }

  /// Remembers that something was removed from a node, if that is still there.
  mutating func note(_ removal: Removals.OnNode, on name: String) throws(JournalError) {
    guard let number = index.row(of: name) else { return }
    row.removeAll()
    row.integer(number)
    row.revision(removal.anything)
    row.revision(removal.nodeCheck)
    try note.run(row)
  }

  /// All nodes in order of their rows.
  static let all = """
    SELECT row, name, id, address, tagged_addresses, meta, create_revision, modify_revision, removal_revision,
      check_removal_revision
    FROM nodes ORDER BY row
    """
}
