extension Catalog {
  mutating func register(_ registration: Registration, _ outcome: inout Outcome) throws(Rejection) {
    let plan = try plan(registration)
    armTimers(for: plan, &outcome)
    guard plan.changesAnything else { return }
    let revision = nextRevision()
    storeNode(plan, revision: revision, &outcome)
    for draft in plan.drafts {
      let member = Member(node: plan.nodeName, instance: draft.instance, checks: draft.checks)
      store(member, revision: revision, &outcome)
    }
    if let nodeChecks = plan.nodeChecks {
      storeNodeChecks(nodeChecks, on: plan.nodeName, revision: revision, &outcome)
    }
    if plan.changesChecks {
      own(plan)
      touchChecks(revision: revision, &outcome)
    }
    outcome.happened(
      plan.kind(of: registration), to: plan.subject(of: registration), revision: revision, cause: registration.cause,
      changes: plan.changes)
  }

  /// Works out the change. The records it looks at are let go before anything is changed: a second reference to them
  /// would force copies.
  private func plan(_ registration: Registration) throws(Rejection) -> RegistrationPlan {
    let record = nodes[registration.node]
    try verify(registration, record)
    return RegistrationPlan(
      registration, revision: revision &+ 1, record: record,
      service: registration.instance.flatMap { services[$0.service] })
  }

  private func verify(_ registration: Registration, _ record: NodeRecord?) throws(Rejection) {
    guard record != nil || registration.nodeUpdate != nil else {
      throw Rejection(.notFound, "node \(registration.node.quoted) is not registered: give its Address to register it")
    }
    if let update = registration.nodeUpdate, update.name != registration.node {
      throw Rejection(
        .invalid, "the registration is of node \(registration.node.quoted), but describes \(update.name.quoted)")
    }
    guard registration.checks.count <= Registration.checkLimit else {
      throw Rejection(
        .invalid, "\(registration.checks.count) checks are too many: at most \(Registration.checkLimit) are allowed")
    }
    for placed in registration.checks {
      guard let id = placed.instance, id != registration.instance?.id else { continue }
      guard record?.member(id) != nil else {
        throw Rejection(
          .notFound,
          "check \(placed.check.id.quoted) names the service id \(id.quoted), which is not registered on node "
            + registration.node.quoted)
      }
    }
  }

  private mutating func storeNode(_ plan: RegistrationPlan, revision: UInt64, _ outcome: inout Outcome) {
    guard let node = plan.node else { return }
    var isListedAnew = false
    let isKnown = nodes.update(node.name) {
      // A list of services can be limited to nodes by their metadata.
      isListedAnew = $0.node.meta != node.meta && !$0.members.isEmpty
      $0.node = node
    }
    if isKnown {
      touchServices(on: node.name, revision: revision, &outcome)
      if isListedAnew { touchServiceList(revision: revision, &outcome) }
    } else {
      nodes.set(NodeRecord(node: node, revision: revision))
    }
    nodesRevision = revision
    outcome.touch(.nodes)
    touch(node: node.name, revision: revision, &outcome)
  }

  private mutating func own(_ plan: RegistrationPlan) {
    nodes.update(plan.nodeName) { record in
      for id in plan.removed { record.disown(id) }
      for placement in plan.placements where placement.isChanged {
        record.own(placement.new.check.id, by: placement.new.instance)
      }
    }
  }

  /// A registration renews every TTL it names, changed or not; the clock for removal starts only when a check turns
  /// critical, so that registering again and again does not keep a dead instance.
  private func armTimers(for plan: RegistrationPlan, _ outcome: inout Outcome) {
    for id in plan.removed { disarmTimers(of: CheckKey(node: plan.nodeName, id: id), &outcome) }
    for placement in plan.placements {
      let key = CheckKey(node: plan.nodeName, id: placement.new.check.id)
      if let ttl = placement.new.check.definition.ttl {
        outcome.arm(.expire(key), after: ttl)
      } else if placement.old?.check.definition.ttl != nil {
        outcome.disarm(.expire(key))
      }
      armReaper(of: key, after: placement.new.removalLimit, before: placement.old?.removalLimit, &outcome)
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
  var removalLimit: Duration? { check.removalLimit(of: instance) }
}

extension Check {
  /// The same for a check of `instance`.
  func removalLimit(of instance: String?) -> Duration? {
    instance != nil && status == .critical ? definition.deregisterAfter : nil
  }
}

extension String {
  /// The text in quotation marks, for messages.
  var quoted: String { "\"\(self)\"" }
}
