/// What a registration comes to, given what is there: worked out before anything is touched.
///
/// It keeps nothing of the node's record but what it changes, so that the catalog can then change that in place.
struct RegistrationPlan {
  /// A check as it will be, and as it was.
  struct Placement {
    var new: Registration.PlacedCheck
    var old: Registration.PlacedCheck?
    var isChanged: Bool
  }

  let nodeName: String
  /// The node, where it is new or changed.
  private(set) var node: Node?
  /// Instances that are new or changed, or whose checks are.
  private(set) var drafts: [(instance: Instance, checks: [Check])] = []
  /// All checks of the whole node, where they changed.
  private(set) var nodeChecks: [Check]?
  /// The checks that were given.
  private(set) var placements: [Placement] = []
  /// The ids of checks that go away.
  private(set) var removed: [String] = []

  private let revision: UInt64
  /// The instance, where it is new or changed.
  private var instance: Instance?
  private var isNewNode = false
  private var isNewInstance = false

  /// What `registration` comes to as the change `revision`, with the node's `record` as it is.
  init(_ registration: Registration, revision: UInt64, record: NodeRecord?, service: ServiceRecord?) {
    nodeName = record?.node.name ?? registration.node
    self.revision = revision
    planNode(registration, record)
    planInstance(registration, record, service)
    planRemovals(registration, record)
    for (index, given) in registration.checks.enumerated() {
      // Of checks with the same id the last one counts.
      if registration.checks[(index + 1)...].contains(where: { $0.check.id == given.check.id }) { continue }
      plan(given, registration.statuses, record, service)
    }
  }

  var changesChecks: Bool { !removed.isEmpty || placements.contains { $0.isChanged } }

  var changesAnything: Bool { node != nil || instance != nil || changesChecks }

  private mutating func planNode(_ registration: Registration, _ record: NodeRecord?) {
    guard var update = registration.nodeUpdate else { return }
    if let old = record?.node {
      update.createRevision = old.createRevision
      if update.says(theSameAs: old) { return }
    } else {
      isNewNode = true
      update.createRevision = revision
    }
    update.modifyRevision = revision
    node = update
  }

  private mutating func planInstance(_ registration: Registration, _ record: NodeRecord?, _ service: ServiceRecord?) {
    guard var given = registration.instance else { return }
    service?.share(&given)
    let member = record?.member(given.id)
    if let old = member?.instance {
      given.createRevision = old.createRevision
      if given.says(theSameAs: old) { return }
    } else {
      isNewInstance = true
      given.createRevision = revision
    }
    given.modifyRevision = revision
    instance = given
    drafts.append((given, member?.checks ?? []))
  }

  private mutating func planRemovals(_ registration: Registration, _ record: NodeRecord?) {
    guard registration.replacesChecks, let id = registration.instance?.id, let member = record?.member(id) else {
      return
    }
    for check in member.checks where !check.isMaintenance {
      if registration.checks.contains(where: { $0.check.id == check.id }) { continue }
      removed.append(check.id)
      edit(id, record) { $0.removeAll { $0.id == check.id } }
    }
  }

  private mutating func plan(
    _ given: Registration.PlacedCheck, _ statuses: Registration.Statuses, _ record: NodeRecord?,
    _ service: ServiceRecord?
  ) {
    var new = given
    service?.share(&new.check)
    let old = record?.check(given.check.id)
    if let old {
      new.check.createRevision = old.check.createRevision
      if statuses == .carriedOver {
        new.check.status = old.check.status
        new.check.output = old.check.output
      }
      if new.check.definition == old.check.definition { new.check.definition = old.check.definition }
      if old.instance == new.instance, new.check.says(theSameAs: old.check) {
        return placements.append(Placement(new: new, old: old, isChanged: false))
      }
      edit(old.instance, record) { $0.removeAll { $0.id == old.check.id } }
    }
    new.check.stamp(revision)
    placements.append(Placement(new: new, old: old, isChanged: true))
    edit(new.instance, record) { checks in
      checks.insert(new.check, at: checks.firstIndex { $0.id > new.check.id } ?? checks.endIndex)
    }
  }

  /// Changes the checks of an instance, or of the whole node.
  private mutating func edit(_ id: String?, _ record: NodeRecord?, _ change: (inout [Check]) -> Void) {
    guard let id else {
      var checks = nodeChecks ?? record?.checks ?? []
      change(&checks)
      nodeChecks = checks
      return
    }
    if let index = drafts.firstIndex(where: { $0.instance.id == id }) {
      change(&drafts[index].checks)
    } else if let member = record?.member(id) {
      var checks = member.checks
      change(&checks)
      drafts.append((member.instance, checks))
    }
  }
}

// What is told of it.
extension RegistrationPlan {
  /// What the journal keeps.
  var changes: [Change] {
    var changes: [Change] = []
    changes.reserveCapacity(removed.count + placements.count + 2)
    if let node { changes.append(.putNode(node)) }
    if let instance { changes.append(.putInstance(node: nodeName, instance)) }
    for id in removed { changes.append(.removeCheck(CheckKey(node: nodeName, id: id))) }
    for placement in placements where placement.isChanged {
      changes.append(.putCheck(node: nodeName, instance: placement.new.instance, placement.new.check))
    }
    return changes
  }

  /// The only check that changed, where there is only one.
  private var onlyChange: Placement? {
    let changed = placements.filter(\.isChanged)
    return changed.count == 1 && removed.isEmpty ? changed[0] : nil
  }

  /// The most important of what happened.
  func kind(of registration: Registration) -> Event.Kind {
    if instance != nil { return isNewInstance ? .registered : .updated }
    if node != nil { return isNewNode ? .nodeRegistered : .nodeUpdated }
    if let only = onlyChange, let old = only.old?.check {
      if only.new.check.status != old.status { return Event.Kind(turned: only.new.check.status) }
      if only.new.check.output != old.output { return .output }
    }
    return registration.instance == nil ? .checkRegistered : .updated
  }

  /// Whom it happened to.
  func subject(of registration: Registration) -> Event.Subject {
    let only = instance == nil ? onlyChange : nil
    let id = registration.instance?.id ?? only?.new.instance
    let service = id.flatMap { id in drafts.first { $0.instance.id == id }?.instance.service }
    return Event.Subject(service: service ?? "", node: nodeName, instance: id ?? "", check: only?.new.check.id ?? "")
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
