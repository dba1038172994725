// What readers ask.
extension Catalog {
  /// The number of services that have instances.
  public var serviceCount: Int { services.count - goneServices }

  /// The number of nodes.
  public var nodeCount: Int { nodes.count }

  /// The instances of `service`, in order of node and id; empty when there are none.
  public func members(of service: String) -> [Member] {
    guard let record = services[service] else { return [] }
    return record.members.values.sorted { $0.key < $1.key }
  }

  /// The revision of the last change of `service`; that of its removal when it has gone.
  public func revision(ofService service: String) -> UInt64 {
    services[service]?.revision ?? forgottenRevision
  }

  /// The node of that name.
  public func node(_ name: String) -> NodeRecord? { nodes[name] }

  /// The revision of the last change of the node and all that is on it; for a node that is not there, that of the list.
  public func revision(ofNode name: String) -> UInt64 {
    nodes[name]?.revision ?? nodesRevision
  }

  /// All nodes, in order of their names.
  public var allNodes: [NodeRecord] {
    nodes.values.sorted { $0.node.name < $1.node.name }
  }

  /// The names of all services that have instances, sorted.
  public var serviceNames: [String] {
    var names: [String] = []
    services.forEach { name, record in
      if !record.members.isEmpty { names.append(name) }
    }
    return names.sorted()
  }

  /// The instance of that key.
  public func member(_ key: InstanceKey) -> Member? { nodes[key.node]?.members[key] }

  /// The instance's status: the worst of its own checks and those of its node.
  public func status(of member: Member) -> HealthStatus {
    max(member.checks.aggregateStatus, nodes[member.node]?.checks.aggregateStatus ?? .passing)
  }

  /// The check of that key, with the id of its instance.
  public func check(_ key: CheckKey) -> (check: Check, instance: Instance?)? {
    guard let record = nodes[key.node], let placed = record.check(key.id) else { return nil }
    return (placed.check, placed.instance.flatMap { record.member($0)?.instance })
  }

  /// The revision that a watcher of `topic` compares with its own.
  public func revision(of topic: Topic) -> UInt64 {
    switch topic {
    case .service(let name): revision(ofService: name)
    case .node(let name): revision(ofNode: name)
    case .services: servicesRevision
    case .nodes: nodesRevision
    case .checks: checksRevision
    }
  }
}

extension Catalog {
  /// Calls `body` with every check for which the registry has to go and look, in no particular order.
  public func forEachActiveCheck(_ body: (CheckKey, Check) -> Void) {
    nodes.forEach { name, record in
      for check in record.checks where check.definition.isActive { body(CheckKey(node: name, id: check.id), check) }
      record.members.forEach { _, member in
        for check in member.checks where check.definition.isActive { body(CheckKey(node: name, id: check.id), check) }
      }
    }
  }
}
