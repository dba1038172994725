// The few steps that every command is made of. Each keeps both indexes, by node and by service, in step, and marks what
// it changed.
extension Catalog {
  /// Adds or replaces an instance with its checks. The node must be there.
  mutating func store(_ member: Member, revision: UInt64, _ outcome: inout Outcome) {
    var previous: Member?
    nodes.update(member.node) {
      previous = $0.members.set(member)
      $0.revision = revision
    }
    outcome.touch(.node(member.node))
    if previous == nil { instanceCount += 1 }
    let service = member.instance.service
    let isMoved = previous.map { $0.instance.service != service } ?? true
    if let previous, isMoved { leave(previous, revision: revision, &outcome) }
    join(member, revision: revision, &outcome)
    noteHealth(of: member, after: previous, revision: revision, &outcome)
    if isMoved || previous?.instance.tags != member.instance.tags {
      touchServiceList(revision: revision, &outcome)
      // A list of checks shows the name and the tags of each one's service.
      if !member.checks.isEmpty { touchChecks(revision: revision, &outcome) }
    }
  }

  private mutating func join(_ member: Member, revision: UInt64, _ outcome: inout Outcome) {
    let service = member.instance.service
    outcome.touch(.service(service))
    var wasGone = false
    let isKnown = services.update(service) {
      wasGone = $0.members.isEmpty
      $0.put(member)
      $0.revision = revision
    }
    if wasGone { goneServices -= 1 }
    guard !isKnown else { return }
    var record = ServiceRecord(name: service, revision: revision)
    record.put(member)
    services.set(record)
  }

  /// Removes an instance with its checks.
  mutating func erase(_ member: Member, revision: UInt64, _ outcome: inout Outcome) {
    instanceCount -= 1
    nodes.update(member.node) { record in
      record.members.remove(member.key)
      for check in member.checks { record.disown(check.id) }
      record.revision = revision
    }
    outcome.touch(.node(member.node))
    for check in member.checks { disarmTimers(of: CheckKey(node: member.node, id: check.id), &outcome) }
    if !member.checks.isEmpty { touchChecks(revision: revision, &outcome) }
    leave(member, revision: revision, &outcome)
    forgetHealth(of: member.key, &outcome)
  }

  /// Takes an instance out of its service. A service left without any is remembered for its revision, so that a watcher
  /// is woken by the removal and by nothing else.
  private mutating func leave(_ member: Member, revision: UInt64, _ outcome: inout Outcome) {
    let service = member.instance.service
    var isGone = false
    services.update(service) {
      $0.members.remove(member.key)
      $0.revision = revision
      isGone = $0.members.isEmpty
    }
    if isGone { goneServices += 1 }
    outcome.touch(.service(service))
    touchServiceList(revision: revision, &outcome)
    forgetGoneServicesOverLimit()
  }

  /// Keeps the memory of services that have gone bounded. Half of them are forgotten at once, so that the cost per
  /// removal is small.
  mutating func forgetGoneServicesOverLimit() {
    guard goneServices > Self.goneServicesLimit else { return }
    var gone: [(name: String, revision: UInt64)] = []
    services.forEach { name, record in
      if record.members.isEmpty { gone.append((name, record.revision)) }
    }
    gone.sort { $0.revision < $1.revision }
    for (name, revision) in gone.prefix(gone.count / 2) {
      services.remove(name)
      forgottenRevision = max(forgottenRevision, revision)
      goneServices -= 1
    }
  }

  /// Replaces the checks of a whole node, which every service on it shows.
  mutating func storeNodeChecks(_ checks: [Check], on node: String, revision: UInt64, _ outcome: inout Outcome) {
    nodes.update(node) { $0.checks = checks.sorted { $0.id < $1.id } }
    touchServices(on: node, revision: revision, &outcome)
    touch(node: node, revision: revision, &outcome)
  }

  /// Marks every service that has an instance on the node.
  mutating func touchServices(on node: String, revision: UInt64, _ outcome: inout Outcome) {
    guard let record = nodes[node] else { return }
    record.members.forEach { _, member in
      services.update(member.instance.service) { $0.revision = revision }
      outcome.touch(.service(member.instance.service))
    }
  }

  mutating func touch(node: String, revision: UInt64, _ outcome: inout Outcome) {
    nodes.update(node) { $0.revision = revision }
    outcome.touch(.node(node))
  }

  mutating func touchServiceList(revision: UInt64, _ outcome: inout Outcome) {
    servicesRevision = revision
    outcome.touch(.services)
  }

  mutating func touchChecks(revision: UInt64, _ outcome: inout Outcome) {
    checksRevision = revision
    outcome.touch(.checks)
  }

  func disarmTimers(of key: CheckKey, _ outcome: inout Outcome) {
    outcome.disarm(.expire(key))
    outcome.disarm(.reap(key))
  }
}
