internal import MusterCatalog

/// The tables that the state is in.
struct Tables {
  var nodes: NodeTable
  var instances: InstanceTable
  var checks: CheckTable

  init(_ connection: Connection) throws(JournalError) {
    nodes = try NodeTable(connection)
    instances = try InstanceTable(connection)
    checks = try CheckTable(connection)
  }

  /// Writes a change, and notes what it takes away.
  mutating func apply(_ change: Change, at revision: UInt64, _ removals: inout Removals) throws(JournalError) {
    switch change {
    case .putNode(let node):
      try nodes.put(node)
    case .removeNode(let name):
      try nodes.remove(name)
      removals.note(node: name, at: revision)
    case .putInstance(let node, let instance):
      // An instance that changes its name is removed from the service of the old one.
      if let old = try instances.put(instance, on: node), old != instance.service {
        removals.note(service: old, on: node, at: revision)
      }
    case .removeInstance(let key):
      if let old = try instances.remove(key) { removals.note(service: old, on: key.node, at: revision) }
    case .putCheck(let node, let instance, let check):
      let old = try checks.put(check, of: instance, on: node)
      if let old, old != CheckTable.Owner(instance) { note(old, lostCheckOn: node, at: revision, &removals) }
    case .removeCheck(let key):
      if let old = try checks.remove(key) { note(old, lostCheckOn: key.node, at: revision, &removals) }
    }
  }

  private func note(
    _ owner: CheckTable.Owner, lostCheckOn node: String, at revision: UInt64, _ removals: inout Removals
  ) {
    switch owner {
    case .node:
      removals.note(checkOfNode: node, at: revision)
    case .instance(let id):
      removals.note(checkOf: instances.index[InstanceKey(node: node, id: id)], on: node, at: revision)
    }
  }

  /// What was written since the last call is durable.
  mutating func keep() {
    nodes.index.keep()
    instances.index.keep()
    checks.index.keep()
  }

  /// What was written since the last call of `keep` was rolled back.
  mutating func rollBack() {
    nodes.index.rollBack()
    instances.index.rollBack()
    checks.index.rollBack()
  }
}
