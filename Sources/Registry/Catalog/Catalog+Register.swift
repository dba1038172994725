extension Catalog {
  mutating func register(_ registration: Registration, _ outcome: inout Outcome) throws(Rejection) {
    try verify(registration)
    var plan = RegistrationPlan(registration, in: self)
    guard plan.changesAnything else { return armTimers(for: plan, &outcome) }
    let revision = nextRevision()
    plan.stamp(revision)
    storeNode(plan, revision: revision, &outcome)
    for member in plan.members {
      store(member, revision: revision, &outcome)
    }
    if let nodeChecks = plan.nodeChecks {
      storeNodeChecks(nodeChecks, on: registration.node, revision: revision, &outcome)
    }
    own(plan.placed, removed: plan.removed, on: registration.node)
    if plan.changesChecks { touchChecks(revision: revision, &outcome) }
    for id in plan.removed { disarmTimers(of: CheckKey(node: registration.node, id: id), &outcome) }
    armTimers(for: plan, &outcome)
    outcome.happened(plan.kind, to: plan.subject, revision: revision, cause: registration.cause, changes: plan.changes)
  }

  private func verify(_ registration: Registration) throws(Rejection) {
    let record = nodes[registration.node]
    guard record != nil || registration.nodeUpdate != nil else {
      throw Rejection(.notFound, "node \(registration.node.quoted) is not registered: give its Address to register it")
    }
    if let update = registration.nodeUpdate, update.name != registration.node {
      throw Rejection(
        .invalid, "the registration is of node \(registration.node.quoted), but describes \(update.name.quoted)")
    }
    for placed in registration.checks {
      guard let id = placed.instance, id != registration.instance?.id else { continue }
      guard record?.members[id] != nil else {
        throw Rejection(
          .notFound,
          "check \(placed.check.id.quoted) names the service id \(id.quoted), which is not registered on node "
            + registration.node.quoted)
      }
    }
  }

  private mutating func storeNode(_ plan: RegistrationPlan, revision: UInt64, _ outcome: inout Outcome) {
    guard let node = plan.node else { return }
    if nodes[node.name] == nil {
      nodes.set(NodeRecord(node: node, revision: revision), for: node.name)
    } else {
      nodes.update(node.name) { $0.node = node }
      touchServices(on: node.name, revision: revision, &outcome)
    }
    nodesRevision = revision
    outcome.touch(.nodes)
    touch(node: node.name, revision: revision, &outcome)
  }

  private mutating func own(_ placed: [Registration.PlacedCheck], removed: [String], on node: String) {
    nodes.update(node) { record in
      for id in removed { record.owners.remove(id) }
      for one in placed { record.owners.set(one.instance, for: one.check.id) }
    }
  }

  /// A registration renews every TTL it names, changed or not; the clock for removal starts only when a check turns
  /// critical, so that registering again and again does not keep a dead instance.
  private func armTimers(for plan: RegistrationPlan, _ outcome: inout Outcome) {
    for placed in plan.placed {
      let key = CheckKey(node: plan.nodeName, id: placed.check.id)
      let previous = plan.previous[placed.check.id]
      if let ttl = placed.check.definition.ttl {
        outcome.arm(.expire(key), after: ttl)
      } else if previous?.check.definition.ttl != nil {
        outcome.disarm(.expire(key))
      }
      armReaper(of: key, after: placed.removalLimit, before: previous?.removalLimit, &outcome)
    }
  }

  func armReaper(of key: CheckKey, after limit: Duration?, before previous: Duration?, _ outcome: inout Outcome) {
    guard limit != previous else { return }
    if let limit {
      outcome.arm(.reap(key), after: limit)
    } else {
      outcome.disarm(.reap(key))
    }
  }
}

extension Registration.PlacedCheck {
  /// How long the check may stay as it is until its instance is removed; nil when it may for ever.
  var removalLimit: Duration? {
    instance != nil && check.status == .critical ? check.definition.deregisterAfter : nil
  }
}

extension String {
  /// The text in quotation marks, for messages.
  var quoted: String { "\"\(self)\"" }
}
