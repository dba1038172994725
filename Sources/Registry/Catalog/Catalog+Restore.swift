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
    // Records are looked at in place: a second reference to one would force a copy of it for every instance.
    var found: (name: String, revision: UInt64, newestCheck: UInt64)?
    nodes.update(node) {
      found = ($0.node.name, $0.node.modifyRevision, $0.checks.reduce(0) { max($0, $1.modifyRevision) })
    }
    guard let found else {
      throw Rejection(.notFound, "instance \(instance.id.quoted) is on node \(node.quoted), which is not there")
    }
    var changed = max(instance.modifyRevision, found.revision, found.newestCheck)
    for check in checks {
      changed = max(changed, check.modifyRevision)
      note(check)
    }
    let member = restore(instance, on: found.name, checks: checks, changed: &changed)
    nodes.update(node) {
      $0.members.set(member)
      $0.revision = max($0.revision, changed)
      for check in checks { $0.own(check.id, by: instance.id) }
    }
    instanceCount += 1
    servicesRevision = max(servicesRevision, instance.modifyRevision, found.revision)
    // A list of checks shows the name and the tags of each one's service.
    if !checks.isEmpty { checksRevision = max(checksRevision, instance.modifyRevision) }
    revision = max(revision, changed)
  }

  /// Puts an instance into its service, which is the newer one of the two afterwards.
  private mutating func restore(
    _ instance: Instance, on node: String, checks: [Check], changed: inout UInt64
  ) -> Member {
    var instance = instance
    var checks = checks
    if checks.count > 1 { checks.sort { $0.id < $1.id } }
    var revision = changed
    var member: Member?
    var wasGone = false
    func join(_ record: inout ServiceRecord) {
      record.share(&instance)
      for index in checks.indices { record.share(&checks[index]) }
      wasGone = record.members.isEmpty
      revision = max(revision, record.revision)
      record.revision = revision
      let new = Member(node: node, instance: instance, checks: checks)
      record.put(new)
      member = new
    }
    if services.update(instance.service, join) {
      if wasGone { goneServices -= 1 }
    } else {
      var record = ServiceRecord(name: instance.service, revision: changed)
      join(&record)
      services.set(record)
    }
    changed = revision
    return member ?? Member(node: node, instance: instance, checks: checks)
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
    timers.reserveCapacity(instanceCount)
    func add(_ check: Check, of instance: String?, on node: String) {
      let key = CheckKey(node: node, id: check.id)
      if let ttl = check.definition.ttl { timers.append(.arm(.expire(key), after: ttl)) }
      if let limit = check.removalLimit(of: instance) { timers.append(.arm(.reap(key), after: limit)) }
    }
    nodes.forEach { name, record in
      for check in record.checks { add(check, of: nil, on: name) }
      record.members.forEach { _, member in
        for check in member.checks { add(check, of: member.instance.id, on: name) }
      }
    }
    timers += reviewsAtStart
    return timers
  }
}
