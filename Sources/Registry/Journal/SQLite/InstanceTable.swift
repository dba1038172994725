internal import MusterCatalog

/// The table `instances`.
struct InstanceTable {
  /// In which row each instance is, and its service.
  var index = RowIndex<InstanceKey, String>()

  private let put: Statement
  private let remove: Statement
  private var row = Parameters()

  init(_ connection: Connection) throws(JournalError) {
    put = try connection.prepare(
      """
      REPLACE INTO instances (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    remove = try connection.prepare("DELETE FROM instances WHERE row = ?")
  }

  /// Adds or replaces an instance; returns the service that it was of before, if there is one.
  mutating func put(_ instance: Instance, on node: String) throws(JournalError) -> String? {
    let place = index.put(instance.service, for: InstanceKey(node: node, id: instance.id))
    row.removeAll()
    row.integer(place.row)
    row.text(node)
    row.text(instance.id)
    row.text(instance.service)
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
    try put.run(row)
    return place.before
  }

  /// Removes an instance; returns its service, if it was there.
  mutating func remove(_ instance: InstanceKey) throws(JournalError) -> String? {
    guard let entry = index.remove(instance) else { return nil }
    row.removeAll()
    row.integer(entry.row)
    try remove.run(row)
    return entry.value
  }

  private static let columns = """
    row, node, id, service, address, port, tags, meta, tagged_addresses, passing_weight, warning_weight,
    enable_tag_override, create_revision, modify_revision
    """

  /// All instances in order of their rows.
  static let all = "SELECT \(columns) FROM instances ORDER BY row"
}
