internal import MusterCatalog

/// Builds the catalog from the tables.
struct CatalogReader {
  private let connection: Connection
  private var values: ValueReader
  private var tables: Tables
  private var catalog = Catalog()
  /// The checks by what they are of, and how many of these were found.
  private var nodeChecks: [String: [Check]] = [:]
  private var instanceChecks: [InstanceKey: [Check]] = [:]
  private var foundOwners = 0
  /// When a check of a whole node was last removed; services learn of it once their instances are there.
  private var checkRemovals: [(node: String, revision: UInt64)] = []

  private init(_ connection: Connection) throws(JournalError) {
    self.connection = connection
    values = ValueReader(path: connection.path)
    tables = try Tables(connection)
  }

  /// The catalog as of the last commit, and the tables with the indexes of what is in them.
  static func load(_ connection: Connection) throws(JournalError) -> (Catalog, Tables) {
    var reader = try CatalogReader(connection)
    try connection.execute("BEGIN")
    defer { connection.rollBack() }
    try reader.readChecks()
    try reader.readNodes()
    try reader.readInstances()
    try reader.findOrphans()
    for (node, revision) in reader.checkRemovals { reader.catalog.restore(lastChange: revision, of: .node(node)) }
    try reader.readRemoved()
    return (reader.catalog, reader.tables)
  }

  private mutating func readChecks() throws(JournalError) {
    let last = try connection.integer("SELECT max(row) FROM checks")
    tables.checks.index.reserve(through: last)
    instanceChecks.reserveCapacity(RowIndex<CheckKey, CheckTable.Owner>.capacity(through: last))
    let row = try connection.prepare(CheckTable.all)
    while try row.step() {
      let node = try values.text(row, 1)
      let check = try values.check(row)
      let instance = row.isNull(3) ? nil : try row.text(3)
      let key = CheckKey(node: node, id: check.id)
      guard tables.checks.index.restore(key, CheckTable.Owner(instance), row: row.integer(0)) else {
        throw row.damaged("check \(check.id) of node \(node) is there twice")
      }
      if let instance {
        instanceChecks[InstanceKey(node: node, id: instance), default: []].append(check)
      } else {
        nodeChecks[node, default: []].append(check)
      }
    }
  }

  private mutating func readNodes() throws(JournalError) {
    let row = try connection.prepare(NodeTable.all)
    while try row.step() {
      let node = try values.node(row)
      guard tables.nodes.index.restore(node.name, (), row: row.integer(0)) else {
        throw row.damaged("node \(node.name) is there twice")
      }
      catalog.restore(node, checks: Self.take(node.name, from: &nodeChecks, &foundOwners))
      // The node has no instances yet: so this does not count as a change of their services.
      catalog.restore(lastChange: values.revision(row, 8), of: .node(node.name))
      if row.integer(9) > 0 { checkRemovals.append((node.name, values.revision(row, 9))) }
    }
  }

  private mutating func readInstances() throws(JournalError) {
    tables.instances.index.reserve(through: try connection.integer("SELECT max(row) FROM instances"))
    let row = try connection.prepare(InstanceTable.all)
    while try row.step() {
      let instance = try values.instance(row)
      let key = InstanceKey(node: try values.text(row, 1), id: instance.id)
      guard tables.instances.index.restore(key, instance.service, row: row.integer(0)) else {
        throw row.damaged("instance \(key.id) of node \(key.node) is there twice")
      }
      do {
        try catalog.restore(instance, on: key.node, checks: Self.take(key, from: &instanceChecks, &foundOwners))
      } catch {
        throw row.damaged(error.message)
      }
    }
  }

  /// Takes the checks out of a map.
  ///
  /// Their key stays: removing it would cost more than all the rest.
  private static func take<Key>(_ key: Key, from checks: inout [Key: [Check]], _ found: inout Int) -> [Check] {
    guard let place = checks.index(forKey: key) else { return [] }
    found += 1
    var taken: [Check] = []
    swap(&taken, &checks.values[place])
    return taken
  }

  private func findOrphans() throws(JournalError) {
    guard foundOwners < nodeChecks.count + instanceChecks.count else { return }
    for node in nodeChecks.keys where catalog.node(node) == nil {
      throw .damaged(connection.path, "a check is of node \(node), which is not there")
    }
    for key in instanceChecks.keys where catalog.member(key) == nil {
      throw .damaged(connection.path, "a check is of instance \(key.id) on node \(key.node), which is not there")
    }
  }

  private mutating func readRemoved() throws(JournalError) {
    let row = try connection.prepare("SELECT kind, name, revision FROM removed")
    while try row.step() {
      let (kind, name) = (try row.text(0), try row.text(1))
      catalog.restore(lastChange: values.revision(row, 2), of: try topic(kind, name, row))
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
