internal import MusterCatalog

/// The table `removed`.
struct RemovedTable {
  private let put: Statement
  private let forget: Statement
  private var row = Parameters()
  /// At least the number of services in the table.
  private var count: Int

  /// How many services are kept at the least, and half of how many at the most: more than the catalog remembers.
  private static var kept: Int { 1 << 15 }

  init(_ connection: Connection) throws(JournalError) {
    put = try connection.prepare(
      """
      INSERT INTO removed (kind, name, revision) VALUES (?1, ?2, ?3)
      ON CONFLICT DO UPDATE SET revision = max(revision, ?3)
      """)
    forget = try connection.prepare(
      """
      DELETE FROM removed WHERE kind = 'service' AND revision <= (
        SELECT revision FROM removed WHERE kind = 'service' ORDER BY revision DESC LIMIT 1 OFFSET ?)
      """)
    count = Int(try connection.integer("SELECT count(*) FROM removed WHERE kind = 'service'"))
  }

  /// Notes what a commit took away, and its last revision.
  mutating func put(_ removals: Removals, last revision: UInt64) throws(JournalError) {
    try put("list", "all", revision)
    for (list, revision) in removals.lists { try put("list", list.rawValue, revision) }
    for (name, revision) in removals.services { try put("service", name, revision) }
    count += removals.services.count
    if count > 2 * Self.kept { try forgetOldest() }
  }

  private mutating func put(_ kind: String, _ name: String, _ revision: UInt64) throws(JournalError) {
    row.removeAll()
    row.text(kind)
    row.text(name)
    row.revision(revision)
    try put.run(row)
  }

  private mutating func forgetOldest() throws(JournalError) {
    row.removeAll()
    row.integer(Self.kept)
    try forget.run(row)
    count = Self.kept
  }
}
