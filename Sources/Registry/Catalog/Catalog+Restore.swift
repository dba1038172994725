// Building a catalog from what a journal kept.
extension Catalog {
  /// Puts back a node with the checks of the whole node.
  public mutating func restore(_ node: Node, checks: [Check]) {
    var record = NodeRecord(node: node, revision: node.modifyRevision)
    record.checks = checks.sorted { $0.id < $1.id }
    for check in checks {
      record.own(check.id, by: nil)
      note(check)
      record.revision = max(record.revision, check.modifyRevision)
    }
    nodesRevision = max(nodesRevision, node.modifyRevision)
    revision = max(revision, record.revision)
    nodes.set(record)
  }

  /// Puts back an instance with its checks; its node has to be there before.
  ///
  /// - Throws: `Rejection` when the node is not there: the journal is damaged.
  public mutating func restore(_ instance: Instance, on node: String, checks: [Check]) throws(Rejection) {
    guard let record = nodes[node] else {
      throw Rejection(.notFound, "instance \(instance.id.quoted) is on node \(node.quoted), which is not there")
    }
    var instance = instance
    var checks = checks.sorted { $0.id < $1.id }
    var changed = max(instance.modifyRevision, record.node.modifyRevision)
    for check in record.checks + checks { changed = max(changed, check.modifyRevision) }
    if let known = services[instance.service] {
      instance.service = known.name
      for index in checks.indices { known.share(&checks[index]) }
      changed = max(changed, known.revision)
      if known.members.isEmpty { goneServices -= 1 }
    } else {
      services.set(ServiceRecord(name: instance.service, revision: changed))
    }
    let member = Member(node: record.node.name, instance: instance, checks: checks)
    services.update(instance.service) {
      $0.put(member)
      $0.revision = changed
    }
    nodes.update(node) {
      $0.members.set(member)
      $0.revision = max($0.revision, changed)
      for check in checks { $0.own(check.id, by: instance.id) }
    }
    for check in checks { note(check) }
    // A list of checks shows the name and the tags of each one's service.
    if !checks.isEmpty { checksRevision = max(checksRevision, instance.modifyRevision) }
    instanceCount += 1
    servicesRevision = max(servicesRevision, instance.modifyRevision, record.node.modifyRevision)
    // Lists of checks show the service's name and tags.
    if !checks.isEmpty { checksRevision = max(checksRevision, instance.modifyRevision) }
    revision = max(revision, changed)
  }

  private mutating func note(_ check: Check) {
    checksRevision = max(checksRevision, check.modifyRevision)
  }

  /// Puts back what can't be told from what is there: that something went away, and when.
  public mutating func restore(lastChange revision: UInt64, of topic: Topic) {
    self.revision = max(self.revision, revision)
    switch topic {
    case .service(let name): restore(lastChange: revision, ofService: name)
    case .node(let name): restore(lastChange: revision, ofNode: name)
    case .services: servicesRevision = max(servicesRevision, revision)
    case .nodes: nodesRevision = max(nodesRevision, revision)
    case .checks: checksRevision = max(checksRevision, revision)
    }
  }

  private mutating func restore(lastChange revision: UInt64, ofService name: String) {
    if services[name] == nil {
      services.set(ServiceRecord(name: name, revision: revision))
      goneServices += 1
      forgetGoneServicesOverLimit()
    } else {
      services.update(name) { $0.revision = max($0.revision, revision) }
    }
  }

  private mutating func restore(lastChange revision: UInt64, ofNode name: String) {
    guard let record = nodes[name] else { return }
    nodes.update(name) { $0.revision = max($0.revision, revision) }
    record.members.forEach { _, member in restore(lastChange: revision, ofService: member.instance.service) }
  }

  /// The timers of everything that is there, as of a start: every TTL begins anew, so that a registry that was down
  /// does not expire its services at once.
  public var timersAtStart: [TimerChange] {
    var timers: [TimerChange] = []
    func add(_ placed: Registration.PlacedCheck, on node: String) {
      let key = CheckKey(node: node, id: placed.check.id)
      if let ttl = placed.check.definition.ttl { timers.append(.arm(.expire(key), after: ttl)) }
      if let limit = placed.removalLimit { timers.append(.arm(.reap(key), after: limit)) }
    }
    nodes.forEach { name, record in
      for check in record.checks { add(.init(check, of: nil), on: name) }
      record.members.forEach { key, member in
        for check in member.checks { add(.init(check, of: key.id), on: name) }
      }
    }
    return timers + reviewsAtStart
  }
}
