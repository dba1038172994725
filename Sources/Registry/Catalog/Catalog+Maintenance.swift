extension Catalog {
  mutating func maintain(
    _ key: InstanceKey, _ maintenance: Command.Maintenance, _ outcome: inout Outcome
  ) throws(Rejection) {
    guard member(key) != nil else {
      throw Rejection(.notFound, "unknown service ID \(key.id.quoted) on node \(key.node.quoted)")
    }
    let check = CheckKey(node: key.node, id: Check.maintenanceID(ofInstance: key.id))
    maintain(check, owner: key.id, name: "Service Maintenance Mode", maintenance, &outcome)
  }

  mutating func maintain(
    node name: String, _ maintenance: Command.Maintenance, _ outcome: inout Outcome
  ) throws(Rejection) {
    guard nodes[name] != nil else { throw Rejection(.notFound, "unknown node \(name.quoted)") }
    let check = CheckKey(node: name, id: Check.nodeMaintenanceID)
    maintain(check, owner: nil, name: "Node Maintenance Mode", maintenance, &outcome)
  }

  /// Turning on what is on, and off what is off, changes nothing.
  private mutating func maintain(
    _ key: CheckKey, owner: String?, name: String, _ maintenance: Command.Maintenance, _ outcome: inout Outcome
  ) {
    let isOn = check(key) != nil
    switch maintenance {
    case .on(let reason) where !isOn:
      let revision = nextRevision()
      let notes = reason.isEmpty ? "Maintenance mode is on; no reason was given." : reason
      var check = Check(id: key.id, name: name, status: .critical, notes: notes)
      check.stamp(revision)
      editChecks(of: owner, on: key.node, revision: revision, &outcome) { $0.append(check) }
      nodes.update(key.node) { $0.own(key.id, by: owner) }
      touchChecks(revision: revision, &outcome)
      outcome.happened(
        .maintenanceOn, to: subject(key, owner: owner), revision: revision, cause: notes,
        changes: [.putCheck(node: key.node, instance: owner, check)])
    case .off where isOn:
      let revision = nextRevision()
      editChecks(of: owner, on: key.node, revision: revision, &outcome) { $0.removeAll { $0.id == key.id } }
      nodes.update(key.node) { $0.disown(key.id) }
      touchChecks(revision: revision, &outcome)
      outcome.happened(
        .maintenanceOff, to: subject(key, owner: owner), revision: revision, cause: "taken out of maintenance",
        changes: [.removeCheck(key)])
    case .on, .off:
      return
    }
  }
}
