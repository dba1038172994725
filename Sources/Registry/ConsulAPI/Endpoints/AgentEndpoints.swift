internal import MusterCatalog
internal import MusterFilter
internal import MusterHTTPServer
internal import MusterJSON

// /v1/agent: the part that registers and lists what runs on the registry's own node.
extension ConsulAPI {
  static let agentRoutes: [String: [String: Route]] = [
    "v1/agent/services": ["GET": .view(agentServices)],
    "v1/agent/service/*": ["GET": .view(agentService)],
    "v1/agent/service/register": ["PUT": .change(registerService)],
    "v1/agent/service/deregister/*": ["PUT": .change(deregisterService)],
    "v1/agent/service/maintenance/*": ["PUT": .change(maintainService)],
    "v1/agent/maintenance": ["PUT": .change(maintainNode)],
    "v1/agent/checks": ["GET": .view(agentChecks)],
    "v1/agent/check/register": ["PUT": .change(registerCheck)],
    "v1/agent/check/deregister/*": ["PUT": .change(deregisterCheck)],
    "v1/agent/check/pass/*": ["PUT": .change { call throws(APIError) in try report(call, .passing) }],
    "v1/agent/check/warn/*": ["PUT": .change { call throws(APIError) in try report(call, .warning) }],
    "v1/agent/check/fail/*": ["PUT": .change { call throws(APIError) in try report(call, .critical) }],
    "v1/agent/check/update/*": ["PUT": .change(updateCheck)],
  ]

  private static func agentServices(_ call: Call) throws(APIError) -> View {
    let (node, datacenter) = (call.node, call.datacenter)
    let filter = try call.filter(FilterSchema<Instance>.agentInstance(datacenter: datacenter))
    return .plain(.node(node)) { catalog, writer in
      writer.object { writer in
        for instance in (catalog.node(node)?.instances ?? []).filtered(by: filter) {
          writer.key(instance.id)
          writer.agentInstance(instance, datacenter: datacenter)
        }
      }
    }
  }

  private static func agentService(_ call: Call) throws(APIError) -> View {
    let (key, datacenter) = (InstanceKey(node: call.node, id: call.argument), call.datacenter)
    return View(topic: .node(call.node), isIndexed: false) { catalog, writer in
      guard let member = catalog.member(key) else {
        return .init(code: 404, text: "unknown service ID \(key.id.shortened.debugDescription)")
      }
      writer.agentInstance(member.instance, datacenter: datacenter)
      return .ok
    }
  }

  private static func agentChecks(_ call: Call) throws(APIError) -> View {
    let node = call.node
    let filter = try call.filter(FilterSchema<PlacedCheck>.check)
    return .plain(.node(node)) { catalog, writer in
      var repeats = Repeats()
      writer.object { writer in
        for placed in (catalog.node(node)?.allChecks ?? []).filtered(by: filter) {
          writer.key(placed.check.id)
          writer.check(placed, &repeats)
        }
      }
    }
  }

  private static func registerService(_ call: Call) throws(APIError) -> Submission {
    let body = try call.body()
    let replaces = try call.parameters.flag("replace-existing-checks")
    return Submission(
      command: .register(try body.agentRegistration(node: call.node, replacesChecks: replaces, rules: call.rules)))
  }

  private static func deregisterService(_ call: Call) throws(APIError) -> Submission {
    Submission(
      command: .deregisterInstance(
        InstanceKey(node: call.node, id: call.argument), cause: "deregistered through the agent"))
  }

  private static func maintainService(_ call: Call) throws(APIError) -> Submission {
    Submission(
      command: .maintainInstance(InstanceKey(node: call.node, id: call.argument), try maintenance(call)))
  }

  private static func maintainNode(_ call: Call) throws(APIError) -> Submission {
    Submission(command: .maintainNode(call.node, try maintenance(call)))
  }

  private static func maintenance(_ call: Call) throws(APIError) -> Command.Maintenance {
    guard call.parameters["enable"].map({ !$0.isEmpty }) == true else {
      throw .badRequest("Missing value for enable: give ?enable=true or ?enable=false")
    }
    guard try call.parameters.flag("enable") else { return .off }
    let reason = call.parameters["reason"] ?? ""
    try Fields.verify(reason, as: "reason", limit: Limits.notes)
    return .on(reason: reason)
  }

  private static func registerCheck(_ call: Call) throws(APIError) -> Submission {
    let body = try call.body()
    return Submission(command: .register(try body.agentCheckRegistration(node: call.node, rules: call.rules)))
  }

  private static func deregisterCheck(_ call: Call) throws(APIError) -> Submission {
    Submission(
      command: .deregisterCheck(
        CheckKey(node: call.node, id: call.argument), cause: "deregistered through the agent"))
  }

  private static func report(_ call: Call, _ status: HealthStatus) throws(APIError) -> Submission {
    heartbeat(call, status, output: call.parameters["note"] ?? "")
  }

  private static func updateCheck(_ call: Call) throws(APIError) -> Submission {
    let body = try call.body()
    guard let json = body.value("Status"), json != .string("") else {
      throw .badRequest("Status is missing or empty: it must be passing, warning or critical")
    }
    return heartbeat(call, try body.status(), output: try body.string("Output"))
  }

  private static func heartbeat(_ call: Call, _ status: HealthStatus, output: String) -> Submission {
    Submission(
      command: .report(
        .init(
          check: CheckKey(node: call.node, id: call.argument), status: status,
          output: String(output.utf8Prefix(Limits.output)), isHeartbeat: true)))
  }
}
