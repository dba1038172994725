import MusterTiming

@testable import MusterCatalog

/// A catalog with a clock that is advanced by hand: what the server does around it, without threads or files.
struct CatalogDriver {
  private(set) var catalog: Catalog
  private(set) var now = Timestamp(milliseconds: 1_000_000)
  private(set) var timers = DeadlineQueue<CatalogTimer, Timestamp>()
  /// Called after every command, accepted or not, with the catalog as it was before.
  var observe: (_ before: Catalog, _ result: Result<Outcome, Rejection>, _ driver: CatalogDriver) -> Void = { _, _, _ in
  }

  /// A driver of `catalog`, which starts as a server would start it.
  init(_ catalog: Catalog = Catalog()) {
    self.catalog = catalog
    carryOut(catalog.timersAtStart)
  }

  /// Carries out a command now, and what it asks of the timers.
  @discardableResult
  mutating func apply(_ command: Command) throws(Rejection) -> Outcome {
    let before = catalog
    do throws(Rejection) {
      let outcome = try catalog.apply(command, at: now)
      carryOut(outcome.timers)
      observe(before, .success(outcome), self)
      return outcome
    } catch {
      observe(before, .failure(error), self)
      throw error
    }
  }

  /// Lets time pass; every timer fires at its own moment. Returns what followed from each.
  @discardableResult
  mutating func advance(by duration: Duration) throws(Rejection) -> [Outcome] {
    let end = now.adding(duration)
    var outcomes: [Outcome] = []
    while let next = timers.next(), next <= end {
      now = max(now, next)
      for timer in timers.popDue(at: now, limit: 1) { outcomes.append(try apply(.timerFired(timer))) }
    }
    now = end
    return outcomes
  }

  private mutating func carryOut(_ changes: [TimerChange]) {
    for change in changes {
      switch change {
      case .arm(let timer, let delay): timers.set(timer, at: now.adding(delay))
      case .disarm(let timer): timers.remove(timer)
      }
    }
  }
}

extension Timestamp {
  /// This moment and `duration` more, to the millisecond.
  func adding(_ duration: Duration) -> Timestamp {
    Timestamp(milliseconds: milliseconds + duration.millisecondsClamped)
  }
}

extension CatalogDriver {
  /// Registers `id` of `service` on `node`, with the node if it is new.
  @discardableResult
  mutating func register(
    _ id: String, of service: String = "web", on node: String = "n1", tags: [String] = [], port: Int = 80,
    checks: [Check] = [], replacesChecks: Bool = false, statuses: Registration.Statuses = .carriedOver
  ) throws(Rejection) -> Outcome {
    try apply(
      .register(
        Registration(
          node: node, nodeUpdate: catalog.node(node) == nil ? Node(name: node, address: "10.0.0.1") : nil,
          instance: Instance(id: id, service: service, tags: tags, port: port),
          checks: checks.map { .init($0, of: id) }, replacesChecks: replacesChecks, statuses: statuses)))
  }

  /// Registers a check by itself; of the whole node where `instance` is nil.
  @discardableResult
  mutating func register(
    _ check: Check, of instance: String?, on node: String = "n1", statuses: Registration.Statuses = .carriedOver
  ) throws(Rejection) -> Outcome {
    try apply(.register(Registration(node: node, checks: [.init(check, of: instance)], statuses: statuses)))
  }

  /// Registers or changes a node by itself.
  @discardableResult
  mutating func register(_ node: Node) throws(Rejection) -> Outcome {
    try apply(.register(Registration(node: node.name, nodeUpdate: node)))
  }

  /// What a service says of one of its checks.
  @discardableResult
  mutating func report(
    _ check: String, _ status: HealthStatus, _ output: String = "", on node: String = "n1", isHeartbeat: Bool = true
  ) throws(Rejection) -> Outcome {
    let key = CheckKey(node: node, id: check)
    return try apply(.report(.init(check: key, status: status, output: output, isHeartbeat: isHeartbeat)))
  }

  /// Removes an instance.
  @discardableResult
  mutating func deregister(_ id: String, on node: String = "n1") throws(Rejection) -> Outcome {
    try apply(.deregisterInstance(InstanceKey(node: node, id: id), cause: "asked to"))
  }

  /// Takes an instance out of service, or puts it back.
  @discardableResult
  mutating func maintain(_ id: String, _ maintenance: Command.Maintenance) throws(Rejection) -> Outcome {
    try apply(.maintainInstance(InstanceKey(node: "n1", id: id), maintenance))
  }

  /// The status of an instance with its node's checks; nil when it is not there.
  func status(_ id: String, on node: String = "n1") -> HealthStatus? {
    catalog.member(InstanceKey(node: node, id: id)).map(catalog.status)
  }

  /// The check as it is.
  func check(_ id: String, on node: String = "n1") -> Check? { catalog.check(CheckKey(node: node, id: id))?.check }

  /// When the timer will fire, from now on.
  func delay(of timer: CatalogTimer) -> Duration? {
    timers.deadline(of: timer).map { .milliseconds($0.milliseconds - now.milliseconds) }
  }
}

extension CatalogTimer {
  /// The TTL timer of a check on the node `n1`.
  static func expiry(_ check: String) -> CatalogTimer { .expire(CheckKey(node: "n1", id: check)) }

  /// The removal timer of a check on the node `n1`.
  static func reaper(_ check: String) -> CatalogTimer { .reap(CheckKey(node: "n1", id: check)) }
}

extension Check {
  /// A check that is kept up to date by reports.
  static func ttl(
    _ id: String, _ ttl: Duration = .seconds(10), status: HealthStatus = .passing, deregisterAfter: Duration? = nil
  ) -> Check {
    Check(
      id: id, name: id, status: status,
      definition: CheckDefinition(probe: .ttl(ttl), deregisterAfter: deregisterAfter))
  }

  /// A check without a timer of its own.
  static func manual(_ id: String, status: HealthStatus = .passing, deregisterAfter: Duration? = nil) -> Check {
    Check(id: id, name: id, status: status, definition: CheckDefinition(deregisterAfter: deregisterAfter))
  }
}
