extension Catalog {
  mutating func deregisterInstance(_ key: InstanceKey, cause: String, _ outcome: inout Outcome) throws(Rejection) {
    guard let member = member(key) else {
      throw Rejection(.notFound, "unknown service ID \(key.id.quoted) on node \(key.node.quoted)")
    }
    remove(member, cause: cause, &outcome)
  }

  mutating func remove(_ member: Member, cause: String, _ outcome: inout Outcome) {
    let revision = nextRevision()
    erase(member, revision: revision, &outcome)
    let checks = member.checks.map { Change.removeCheck(CheckKey(node: member.node, id: $0.id)) }
    outcome.happened(
      .deregistered, to: subject(member), revision: revision, cause: cause,
      changes: checks + [.removeInstance(member.key)])
  }

  mutating func deregisterCheck(_ key: CheckKey, cause: String, _ outcome: inout Outcome) throws(Rejection) {
    guard let owner = placed(key).map(\.instance) else {
      throw Rejection(.notFound, "unknown check ID \(key.id.quoted) on node \(key.node.quoted)")
    }
    let revision = nextRevision()
    editChecks(of: owner, on: key.node, revision: revision, &outcome) { $0.removeAll { $0.id == key.id } }
    nodes.update(key.node) { $0.disown(key.id) }
    touchChecks(revision: revision, &outcome)
    disarmTimers(of: key, &outcome)
    outcome.happened(
      .checkDeregistered, to: subject(key, owner: owner), revision: revision, cause: cause,
      changes: [.removeCheck(key)])
  }

  mutating func deregisterNode(_ name: String, cause: String, _ outcome: inout Outcome) throws(Rejection) {
    guard let record = nodes[name] else {
      throw Rejection(.notFound, "unknown node \(name.quoted)")
    }
    for member in record.members.values.sorted(by: { $0.instance.id < $1.instance.id }) {
      remove(member, cause: cause, &outcome)
    }
    let revision = nextRevision()
    nodes.remove(name)
    nodesRevision = revision
    outcome.touch(.nodes)
    outcome.touch(.node(name))
    if !record.checks.isEmpty { touchChecks(revision: revision, &outcome) }
    let keys = record.checks.map { CheckKey(node: name, id: $0.id) }
    for key in keys { disarmTimers(of: key, &outcome) }
    outcome.happened(
      .nodeDeregistered, to: Event.Subject(node: name), revision: revision, cause: cause,
      changes: keys.map { .removeCheck($0) } + [.removeNode(name)])
  }

  func subject(_ member: Member, check: String = "") -> Event.Subject {
    Event.Subject(service: member.instance.service, node: member.node, instance: member.instance.id, check: check)
  }

  func subject(_ key: CheckKey, owner: String?) -> Event.Subject {
    let member = owner.flatMap { self.member(InstanceKey(node: key.node, id: $0)) }
    return member.map { subject($0, check: key.id) } ?? Event.Subject(node: key.node, check: key.id)
  }

  /// Changes the checks of an instance, or of the whole node where `owner` is nil.
  mutating func editChecks(
    of owner: String?, on node: String, revision: UInt64, _ outcome: inout Outcome, _ change: (inout [Check]) -> Void
  ) {
    guard let owner else {
      var checks = nodes[node]?.checks ?? []
      change(&checks)
      return storeNodeChecks(checks, on: node, revision: revision, &outcome)
    }
    guard let member = member(InstanceKey(node: node, id: owner)) else { return }
    var checks = member.checks
    change(&checks)
    checks.sort { $0.id < $1.id }
    store(Member(node: node, instance: member.instance, checks: checks), revision: revision, &outcome)
  }
}
