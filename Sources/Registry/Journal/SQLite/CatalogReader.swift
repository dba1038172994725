internal import MusterCatalog

/// Builds the catalog from the tables.
struct CatalogReader {
  private let connection: Connection
  private var values: ValueReader
  private var catalog = Catalog()
  /// The checks of the node being read, by the instance they belong to.
  private var checks: [String: [Check]] = [:]
  /// When a check of a whole node was last removed; services learn of it once their instances are there.
  private var checkRemovals: [(node: String, revision: UInt64)] = []

  private init(_ connection: Connection) {
    self.connection = connection
    values = ValueReader(path: connection.path)
  }

  /// The catalog as of the last commit.
  static func load(_ connection: Connection) throws(JournalError) -> Catalog {
    var reader = CatalogReader(connection)
    try connection.execute("BEGIN")
    defer { connection.rollBack() }
    try reader.readEverything()
    return reader.catalog
  }

  /// All three tables are in order of their nodes, so one pass over them at the same pace is enough.
  private mutating func readEverything() throws(JournalError) {
    let nodes = try connection.prepare(NodeTable.all)
    var instances = try Cursor(connection.prepare(InstanceTable.all))
    var checks = try Cursor(connection.prepare(CheckTable.all))
    while try nodes.step() {
      let name = try nodes.text(0)
      try readNode(nodes, name, &checks)
      try readInstances(on: name, &instances)
      if let orphan = self.checks.first {
        throw nodes.damaged("a check of \(orphan.key) on node \(name), which is not there")
      }
    }
    for rest in [instances, checks] {
      if let row = rest.row {
        throw nodes.damaged("\(try row.text(1)) is on node \(try row.text(0)), which is not there")
      }
    }
    for (node, revision) in checkRemovals { catalog.restore(lastChange: revision, of: .node(node)) }
    try readRemoved()
  }

  private mutating func readNode(_ row: Statement, _ name: String, _ rows: inout Cursor) throws(JournalError) {
    var ofNode: [Check] = []
    while let row = rows.row, row.isText(0, name) {
      let check = try values.check(row)
      if row.isNull(2) {
        ofNode.append(check)
      } else {
        checks[try row.text(2), default: []].append(check)
      }
      try rows.advance()
    }
    catalog.restore(try values.node(row, name), checks: ofNode)
    // The node has no instances yet: so this does not count as a change of their services.
    catalog.restore(lastChange: values.revision(row, 7), of: .node(name))
    if row.integer(8) > 0 { checkRemovals.append((name, values.revision(row, 8))) }
  }

  private mutating func readInstances(on node: String, _ rows: inout Cursor) throws(JournalError) {
    while let row = rows.row, row.isText(0, node) {
      let instance = try values.instance(row)
      do {
        try catalog.restore(instance, on: node, checks: checks.removeValue(forKey: instance.id) ?? [])
      } catch {
        throw row.damaged(error.message)
      }
      try rows.advance()
    }
  }

  private mutating func readRemoved() throws(JournalError) {
    let rows = try connection.prepare("SELECT kind, name, revision FROM removed")
    while try rows.step() {
      let (kind, name) = (try rows.text(0), try rows.text(1))
      catalog.restore(lastChange: values.revision(rows, 2), of: try topic(kind, name, rows))
    }
  }

  private func topic(_ kind: String, _ name: String, _ row: Statement) throws(JournalError) -> Topic {
    switch (kind, name) {
    case ("service", _): return .service(name)
    case ("list", "services"): return .services
    case ("list", "nodes"): return .nodes
    case ("list", "checks"): return .checks
    // The revision of the catalog itself, which every restored change raises: no node has an empty name.
    case ("list", "all"): return .node("")
    default: throw row.damaged("the removal of a \(kind) \(name) has no meaning")
    }
  }
}

/// A statement that stands on a row, until there are no more.
private struct Cursor {
  private let statement: Statement
  /// The current row; nil at the end.
  private(set) var row: Statement?

  init(_ statement: Statement) throws(JournalError) {
    self.statement = statement
    try advance()
  }

  mutating func advance() throws(JournalError) {
    row = try statement.step() ? statement : nil
  }
}
