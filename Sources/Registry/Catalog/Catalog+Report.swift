import MusterTiming

extension Catalog {
  /// Takes what a service or a probe says. A heartbeat that says nothing new renews the TTL and changes nothing else.
  mutating func accept(_ report: Command.Report, _ outcome: inout Outcome) throws(Rejection) {
    guard let known = placed(report.check) else {
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
    turn(known, key: report.check, to: report.status, output: report.output, &outcome) {
      Self.cause(of: report, known.check)
    }
  }

  /// Which check it was, and the beginning of what it said, on one line.
  private static func cause(of report: Command.Report, _ check: Check) -> String {
    let verb = check.definition.isActive ? "found" : "reported"
    guard !report.output.isEmpty else { return "check \(check.id.quoted) \(verb) \(report.status.rawValue)" }
    var said = ""
    for character in report.output {
      guard said.utf8.count < causeLimit else {
        said += "…"
        break
      }
      said.append(character.isNewline ? " " : character)
    }
    return "check \(check.id.quoted) \(verb): \(said)"
  }

  /// So many bytes of a check's output become part of the history.
  private static let causeLimit = 512

  /// The time of a TTL check has run out. It is critical, without a timer, until the next report; one that was critical
  /// before now says that nobody reports any more, but says it once, however often its timer is started anew.
  mutating func expire(_ key: CheckKey, _ outcome: inout Outcome) {
    guard let known = placed(key), let ttl = known.check.definition.ttl else { return }
    if known.check.status == .critical, known.check.output.utf8.starts(with: Self.expiryNotice.utf8) { return }
    let said = known.check.output.isEmpty ? "" : "; the last one said: \(known.check.output)"
    let notice = "\(Self.expiryNotice) no report for \(ttl.goText)"
    turn(known, key: key, to: .critical, output: notice + said, &outcome) { "check \(key.id.quoted): \(notice)" }
  }

  private static let expiryNotice = "TTL expired:"

  /// A check has been critical for too long: its instance goes, whoever registered it.
  mutating func reap(_ key: CheckKey, _ outcome: inout Outcome) {
    guard let known = placed(key), let limit = known.removalLimit, let owner = known.instance,
      let member = member(InstanceKey(node: key.node, id: owner))
    else { return }
    remove(member, cause: "check \(key.id.quoted) was critical for \(limit.goText)", &outcome)
  }

  func placed(_ key: CheckKey) -> Registration.PlacedCheck? { nodes[key.node]?.check(key.id) }

  private mutating func turn(
    _ known: Registration.PlacedCheck, key: CheckKey, to status: HealthStatus, output: String,
    _ outcome: inout Outcome, cause: () -> String
  ) {
    guard known.check.status != status || known.check.output != output else { return }
    let revision = nextRevision()
    var turned = known
    turned.check.status = status
    turned.check.output = output
    turned.check.stamp(revision)
    editChecks(of: known.instance, on: key.node, revision: revision, &outcome) { checks in
      for index in checks.indices where checks[index].id == key.id { checks[index] = turned.check }
    }
    touchChecks(revision: revision, &outcome)
    armReaper(of: key, after: turned.removalLimit, before: known.removalLimit, &outcome)
    let kind = known.check.status == status ? Event.Kind.output : Event.Kind(turned: status)
    outcome.happened(
      kind, to: subject(key, owner: known.instance), revision: revision, cause: cause(),
      changes: [.putCheck(node: key.node, instance: known.instance, turned.check)])
  }
}
