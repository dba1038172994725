internal import MusterCatalog

/// Writes events and what they changed.
struct EventWriter {
  var bounds: HistoryBounds

  private let connection: Connection
  private var nodes: NodeTable
  private var instances: InstanceTable
  private var checks: CheckTable
  private var events: EventTable
  private var removed: RemovedTable
  private var removals = Removals()

  init(_ connection: Connection, bounds: HistoryBounds) throws(JournalError) {
    self.connection = connection
    self.bounds = bounds
    nodes = try NodeTable(connection)
    instances = try InstanceTable(connection)
    checks = try CheckTable(connection)
    events = try EventTable(connection)
    removed = try RemovedTable(connection)
  }

  /// Writes all events in one transaction, and drops a few of the oldest.
  mutating func commit(_ new: [Event]) throws(JournalError) {
    guard let newest = new.last else { return }
    removals.removeAll()
    try connection.transaction { () throws(JournalError) in
      for event in new {
        for change in event.changes { try apply(change, at: event.revision) }
        try events.put(event)
      }
      for (name, removal) in removals.nodes { try nodes.note(removal, on: name) }
      try removed.put(removals, last: newest.revision)
      try events.trim(bounds.limits(after: newest), atMost: HistoryBounds.chunk(committing: new.count))
    }
  }

  private mutating func apply(_ change: Change, at revision: UInt64) throws(JournalError) {
    switch change {
    case .putNode(let node):
      try nodes.put(node)
    case .removeNode(let name):
      try nodes.remove(name)
      removals.note(node: name, at: revision)
    case .putInstance(let node, let instance):
      try instances.put(instance, on: node, at: revision, &removals)
    case .removeInstance(let key):
      try instances.remove(key, at: revision, &removals)
    case .putCheck(let node, let instance, let check):
      try note(try checks.put(check, of: instance, on: node), lostCheckOn: node, at: revision)
    case .removeCheck(let key):
      try note(try checks.remove(key), lostCheckOn: key.node, at: revision)
    }
  }

  private mutating func note(
    _ owner: CheckTable.Owner?, lostCheckOn node: String, at revision: UInt64
  ) throws(JournalError) {
    switch owner {
    case nil: return
    case .node: removals.note(checkOfNode: node, at: revision)
    case .instance(let id):
      removals.note(
        checkOf: try instances.service(of: InstanceKey(node: node, id: id)), on: node, at: revision)
    }
  }
}
