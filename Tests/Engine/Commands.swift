internal import MusterCatalog
internal import MusterEngine

/// Commands that the tests send over and over.
extension Command {
  static func node(_ name: String) -> Command {
    .register(Registration(node: name, nodeUpdate: Node(name: name, address: "10.0.0.1")))
  }

  /// An instance on node `n` with a TTL check `service:<id>`, or without one.
  static func service(
    _ name: String, id: String, port: Int = 80, ttl: Duration? = nil, reapAfter: Duration? = nil,
    status: HealthStatus = .critical
  ) -> Command {
    let check = ttl.map {
      Check(
        id: "service:\(id)", name: "alive", status: status,
        definition: CheckDefinition(probe: .ttl($0), deregisterAfter: reapAfter))
    }
    return .register(
      Registration(
        node: "n", instance: Instance(id: id, service: name, port: port),
        checks: check.map { [.init($0, of: id)] } ?? []))
  }

  static func remove(_ id: String) -> Command {
    .deregisterInstance(InstanceKey(node: "n", id: id), cause: "test")
  }

  static func heartbeat(_ id: String, _ status: HealthStatus = .passing, _ output: String = "") -> Command {
    .report(
      Report(check: CheckKey(node: "n", id: "service:\(id)"), status: status, output: output, isHeartbeat: true))
  }
}

extension Catalog {
  func instance(_ id: String) -> Instance? { member(InstanceKey(node: "n", id: id))?.instance }

  func check(_ id: String) -> Check? { check(CheckKey(node: "n", id: id))?.check }
}
