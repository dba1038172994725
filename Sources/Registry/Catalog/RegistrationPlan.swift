/// What a registration comes to, given what is there: worked out before anything is touched.
struct RegistrationPlan {
  let nodeName: String
  /// The node, where it is new or changed.
  private(set) var node: Node?
  /// Instances that are new or changed, or whose checks are.
  private(set) var members: [Member] = []
  /// All checks of the whole node, where they changed.
  private(set) var nodeChecks: [Check]?
  /// The checks that were given, as they will be.
  private(set) var placed: [Registration.PlacedCheck] = []
  /// The ids of checks that go away.
  private(set) var removed: [String] = []
  /// The checks of the given ids as they were.
  private(set) var previous: [String: Registration.PlacedCheck] = [:]

  private let registration: Registration
  private let record: NodeRecord?
  private var instance: Instance?
  private var changedChecks: [Registration.PlacedCheck] = []
  private var drafts: [String: (instance: Instance, checks: [Check])] = [:]
  private let isNewNode: Bool
  private var isNewInstance = false

  init(_ registration: Registration, in catalog: Catalog) {
    self.registration = registration
    nodeName = registration.node
    record = catalog.node(registration.node)
    isNewNode = record == nil
    planNode()
    planInstance(catalog)
    planRemovals()
    for (index, given) in registration.checks.enumerated() where isLast(given, at: index) { plan(given, catalog) }
  }

  var changesChecks: Bool { !changedChecks.isEmpty || !removed.isEmpty }

  var changesAnything: Bool { node != nil || instance != nil || changesChecks }

  private mutating func planNode() {
    guard var update = registration.nodeUpdate else { return }
    if let old = record?.node {
      update.createRevision = old.createRevision
      if update.says(theSameAs: old) { return }
    }
    node = update
  }

  private mutating func planInstance(_ catalog: Catalog) {
    guard var given = registration.instance else { return }
    // One copy of the name for all instances of the service.
    if let known = catalog.services[given.service]?.name { given.service = known }
    let member = record?.members[given.id]
    if let old = member?.instance {
      given.createRevision = old.createRevision
      if given.says(theSameAs: old) { return }
    }
    isNewInstance = member == nil
    instance = given
    drafts[given.id] = (given, member?.checks ?? [])
  }

  private mutating func planRemovals() {
    guard registration.replacesChecks, let id = registration.instance?.id, let member = record?.members[id] else {
      return
    }
    let given = Set(registration.checks.map(\.check.id))
    for check in member.checks where !check.isMaintenance && !given.contains(check.id) {
      removed.append(check.id)
      edit(id) { $0.removeAll { $0.id == check.id } }
    }
  }

  /// Of checks with the same id the last one counts. Registrations have a few checks at most.
  private func isLast(_ given: Registration.PlacedCheck, at index: Int) -> Bool {
    !registration.checks[(index + 1)...].contains { $0.check.id == given.check.id }
  }

  private mutating func plan(_ given: Registration.PlacedCheck, _ catalog: Catalog) {
    var check = given.check
    let key = CheckKey(node: nodeName, id: check.id)
    let previous = catalog.check(key)
    let previousOwner = previous?.instance?.id
    if let old = previous?.check {
      self.previous[check.id] = .init(old, of: previousOwner)
      check.createRevision = old.createRevision
      if registration.statuses == .carriedOver {
        check.status = old.status
        check.output = old.output
      }
      if check.definition == old.definition { check.definition = old.definition }
    }
    placed.append(.init(check, of: given.instance))
    if let old = previous?.check, check.says(theSameAs: old), previousOwner == given.instance { return }
    changedChecks.append(.init(check, of: given.instance))
    if previous != nil, previousOwner != given.instance { edit(previousOwner) { $0.removeAll { $0.id == check.id } } }
    edit(given.instance) { checks in
      checks.removeAll { $0.id == check.id }
      checks.append(check)
    }
  }

  /// Changes the checks of an instance, or of the whole node.
  private mutating func edit(_ id: String?, _ change: (inout [Check]) -> Void) {
    guard let id else {
      var checks = nodeChecks ?? record?.checks ?? []
      change(&checks)
      nodeChecks = checks
      return
    }
    guard var draft = drafts[id] ?? record?.members[id].map({ ($0.instance, $0.checks) }) else { return }
    change(&draft.checks)
    drafts[id] = draft
  }

  /// Gives everything that changed the revision of the change.
  mutating func stamp(_ revision: UInt64) {
    if var stamped = node {
      if isNewNode { stamped.createRevision = revision }
      stamped.modifyRevision = revision
      node = stamped
    }
    if var stamped = instance {
      if isNewInstance { stamped.createRevision = revision }
      stamped.modifyRevision = revision
      instance = stamped
    }
    for index in changedChecks.indices {
      changedChecks[index].check.stamp(revision)
    }
    let changed = Set(changedChecks.map(\.check.id))
    func stampedAll(_ checks: [Check]) -> [Check] {
      checks.map { check in
        guard changed.contains(check.id) else { return check }
        var stamped = check
        stamped.stamp(revision)
        return stamped
      }.sorted { $0.id < $1.id }
    }
    nodeChecks = nodeChecks.map(stampedAll)
    members = drafts.map { id, draft in
      let stamped = instance.flatMap { $0.id == id ? $0 : nil } ?? draft.instance
      return Member(node: nodeName, instance: stamped, checks: stampedAll(draft.checks))
    }
  }

  /// What the journal keeps.
  var changes: [Change] {
    var changes: [Change] = []
    if let node { changes.append(.putNode(node)) }
    if let instance { changes.append(.putInstance(node: nodeName, instance)) }
    for id in removed { changes.append(.removeCheck(CheckKey(node: nodeName, id: id))) }
    for placed in changedChecks {
      changes.append(.putCheck(node: nodeName, instance: placed.instance, placed.check))
    }
    return changes
  }

  /// The most important of what happened.
  var kind: Event.Kind {
    if instance != nil { return isNewInstance ? .registered : .updated }
    if node != nil { return isNewNode ? .nodeRegistered : .nodeUpdated }
    if changedChecks.count == 1, removed.isEmpty, let old = previous[changedChecks[0].check.id]?.check {
      let check = changedChecks[0].check
      if check.status != old.status { return Event.Kind(turned: check.status) }
      if check.output != old.output { return .output }
    }
    return registration.instance == nil ? .checkRegistered : .updated
  }

  /// Whom it happened to.
  var subject: Event.Subject {
    let onlyCheck = changedChecks.count == 1 ? changedChecks[0] : nil
    let id = registration.instance?.id ?? onlyCheck?.instance
    let service = id.flatMap { id in members.first { $0.instance.id == id }?.instance.service }
    let check = instance == nil ? onlyCheck?.check.id : nil
    return Event.Subject(service: service ?? "", node: nodeName, instance: id ?? "", check: check ?? "")
  }
}

extension Check {
  /// Marks a change in `revision`.
  mutating func stamp(_ revision: UInt64) {
    if createRevision == 0 { createRevision = revision }
    modifyRevision = revision
  }
}

extension Event.Kind {
  /// That a check turned to `status`.
  init(turned status: HealthStatus) {
    switch status {
    case .passing: self = .passing
    case .warning: self = .warning
    case .critical, .maintenance: self = .critical
    }
  }
}
