import MusterTiming

extension Catalog {
  /// Takes what a service or a probe says. A heartbeat that says nothing new renews the TTL and changes nothing else.
  mutating func accept(_ report: Command.Report, _ outcome: inout Outcome) throws(Rejection) {
    guard let known = check(report.check) else {
      throw Rejection(.notFound, "unknown check ID \(report.check.id.quoted) on node \(report.check.node.quoted)")
    }
    guard report.status != .maintenance else {
      throw Rejection(
        .invalid, "check ID \(report.check.id.quoted) can't report maintenance: passing, warning or critical")
    }
    let ttl = known.check.definition.ttl
    if report.isHeartbeat, ttl == nil {
      throw Rejection(.notFound, "check ID \(report.check.id.quoted) has no TTL: only TTL checks take reports")
    }
    if let ttl { outcome.arm(.expire(report.check), after: ttl) }
    turn(known.check, key: report.check, to: report.status, output: report.output, &outcome) {
      report.output.isEmpty ? "reported" : "reported: \(report.output)"
    }
  }

  /// The time of a TTL check has run out. It stays critical, without a timer, until the next report.
  mutating func expire(_ key: CheckKey, _ outcome: inout Outcome) {
    guard let known = check(key)?.check, let ttl = known.definition.ttl else { return }
    guard known.status != .critical else { return }
    let said = known.output.isEmpty ? "" : "; the last one said: \(known.output)"
    let output = "TTL expired: no report for \(ttl.goText)\(said)"
    turn(known, key: key, to: .critical, output: output, &outcome) { "TTL expired: no report for \(ttl.goText)" }
  }

  /// A check has been critical for too long: its instance goes, whoever registered it.
  mutating func reap(_ key: CheckKey, _ outcome: inout Outcome) {
    guard let (check, instance) = check(key), let instance, check.status == .critical,
      let limit = check.definition.deregisterAfter,
      let member = member(InstanceKey(node: key.node, id: instance.id))
    else { return }
    remove(member, cause: "check \(key.id.quoted) was critical for \(limit.goText)", &outcome)
  }

  private mutating func turn(
    _ check: Check, key: CheckKey, to status: HealthStatus, output: String, _ outcome: inout Outcome,
    cause: () -> String
  ) {
    guard check.status != status || check.output != output, let owner = nodes[key.node]?.owners[key.id] else { return }
    let revision = nextRevision()
    var turned = check
    turned.status = status
    turned.output = output
    turned.stamp(revision)
    editChecks(of: owner, on: key.node, revision: revision, &outcome) { checks in
      for index in checks.indices where checks[index].id == turned.id { checks[index] = turned }
    }
    touchChecks(revision: revision, &outcome)
    armReaper(
      of: key, after: Registration.PlacedCheck(turned, of: owner).removalLimit,
      before: Registration.PlacedCheck(check, of: owner).removalLimit, &outcome)
    let kind = check.status == status ? Event.Kind.output : Event.Kind(turned: status)
    outcome.happened(
      kind, to: subject(key, owner: owner), revision: revision, cause: cause(),
      changes: [.putCheck(node: key.node, instance: owner, turned)])
  }
}
