internal import MusterCatalog

extension Fields {
  /// A body of `/v1/agent/service/register`, for the agent's own node.
  func agentRegistration(
    node: String, replacesChecks: Bool, rules: CheckRules
  ) throws(APIError) -> Registration {
    let instance = try instance(nameField: "Name")
    var rules = rules
    rules.home = Self.home(of: instance)
    var given: [Fields] = []
    if let check = try object("Check"), !check.isEmpty { given.append(check) }
    given += try objects("Checks", limit: Limits.checks)
    var checks: [Registration.PlacedCheck] = []
    for (index, fields) in given.enumerated() {
      let suffix = given.count > 1 ? ":\(index + 1)" : ""
      let check = try fields.check(
        id: "service:\(instance.id)\(suffix)", name: "Service '\(instance.service)' check", rules: rules)
      guard check.definition.probe != .none else { throw Self.missingKind(check) }
      checks.append(.init(check, of: instance.id))
    }
    try Self.verifyUnique(checks)
    return Registration(
      node: node, instance: instance, checks: checks, replacesChecks: replacesChecks,
      cause: "registered through the agent")
  }

  /// A body of `/v1/agent/check/register`, for the agent's own node.
  func agentCheckRegistration(node: String, rules: CheckRules) throws(APIError) -> Registration {
    let name = try required("Name", limit: Limits.name)
    let service = try text("ServiceID", limit: Limits.name)
    let check = try check(id: name, name: name, rules: rules)
    guard check.definition.probe != .none else { throw Self.missingKind(check) }
    return Registration(
      node: node, checks: [.init(check, of: service.isEmpty ? nil : service)], cause: "registered through the agent")
  }

  /// A body of `/v1/catalog/register`.
  func catalogRegistration(datacenter: String, rules: CheckRules) throws(APIError) -> Registration {
    let name = try required("Node", limit: Limits.name)
    try verify(datacenter: datacenter)
    let skipsNode = try bool("SkipNodeUpdate")
    let node = skipsNode ? nil : try self.node(name)
    let instance = try object("Service").map { fields throws(APIError) in try fields.instance(nameField: "Service") }
    var given: [Fields] = []
    if let check = try object("Check"), !check.isEmpty { given.append(check) }
    given += try objects("Checks", limit: Limits.checks)
    var checks: [Registration.PlacedCheck] = []
    for fields in given {
      let label = try fields.text("Name", limit: Limits.name)
      let service = try fields.text("ServiceID", limit: Limits.name)
      let check = try fields.catalogCheck(label: label, rules: rules)
      checks.append(.init(check, of: service.isEmpty ? nil : service))
    }
    try Self.verifyUnique(checks)
    return Registration(
      node: name, nodeUpdate: node, instance: instance, checks: checks, statuses: .asGiven,
      cause: "registered in the catalog")
  }

  private func node(_ name: String) throws(APIError) -> Node {
    let address = try address("Address")
    guard !address.isEmpty else {
      throw .badRequest("Address is missing or empty: it is where node \(name.debugDescription) is reached")
    }
    let addresses = try labels("TaggedAddresses")
    for pair in addresses.pairs { try Self.verify(address: pair.value, as: path(of: "TaggedAddresses.\(pair.key)")) }
    return Node(
      name: name, id: try text("ID", limit: Limits.name), address: address,
      taggedAddresses: addresses, meta: try labels("NodeMeta"))
  }

  /// A check of the catalog: its status is set by whoever registers it, and its definition stands in an object of its own.
  private func catalogCheck(label: String, rules: CheckRules) throws(APIError) -> Check {
    var check = try check(id: label, name: label, rules: rules)
    guard !check.id.isEmpty else {
      throw .badRequest("\(path(of: "CheckID")) is missing or empty: a check needs a CheckID or a Name")
    }
    if let fields = try object("Definition") { check.definition = try fields.definition(rules) }
    return check
  }

  func verify(datacenter: String) throws(APIError) {
    let asked = try text("Datacenter", limit: Limits.name)
    guard asked.isEmpty || asked == datacenter else { throw .noPath(toDatacenter: asked) }
  }

  /// Where an instance of the agent's own machine is reached.
  private static func home(of instance: Instance) -> String? {
    guard instance.port > 0 else { return nil }
    let host = instance.address.isEmpty ? "127.0.0.1" : instance.address
    return host.contains(":") ? "[\(host)]:\(instance.port)" : "\(host):\(instance.port)"
  }

  private static func missingKind(_ check: Check) -> APIError {
    .badRequest("check \(check.id.debugDescription) has no kind: give TTL, HTTP, TCP, GRPC, Thrift or Args")
  }

  private static func verifyUnique(_ checks: [Registration.PlacedCheck]) throws(APIError) {
    guard checks.count > 1 else { return }
    var seen: Set<String> = []
    for placed in checks {
      guard seen.insert(placed.check.id).inserted else {
        throw .badRequest("CheckID: \(placed.check.id.shortened.debugDescription) is given twice")
      }
    }
  }
}

extension APIError {
  /// There is only one datacenter here.
  static func noPath(toDatacenter name: String) -> APIError {
    APIError(500, "No path to datacenter \(name.shortened.debugDescription)")
  }
}
