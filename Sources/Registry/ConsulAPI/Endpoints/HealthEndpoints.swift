internal import MusterCatalog
internal import MusterFilter
internal import MusterJSON

// /v1/health
extension ConsulAPI {
  static let healthRoutes: [String: [String: Route]] = [
    "v1/health/node/*": ["GET": .view(nodeHealth)],
    "v1/health/checks/*": ["GET": .view(serviceChecks)],
    "v1/health/service/*": ["GET": .view(serviceHealth)],
    "v1/health/state/*": ["GET": .view(checksInState)],
  ]

  private static func serviceHealth(_ call: Call) throws(APIError) -> View {
    let (service, parameters, datacenter) = (call.argument, call.parameters, call.datacenter)
    let filter = try call.filter(FilterSchema<Entry>.healthEntry(datacenter: datacenter))
    let onlyPassing = try parameters.flag("passing")
    return View(topic: .service(service), isIndexed: true) { catalog, writer in
      let (entries, isProtected) = Entry.given(service, in: catalog, parameters, onlyPassing: onlyPassing)
      writer.healthEntries(entries.filtered(by: filter), datacenter: datacenter)
      return .init(headers: isProtected ? [("X-Muster-Protected", "true")] : [])
    }
  }

  private static func nodeHealth(_ call: Call) throws(APIError) -> View {
    let name = call.argument
    let filter = try call.filter(FilterSchema<PlacedCheck>.check)
    return .indexed(.node(name)) { catalog, writer in
      writer.checks((catalog.node(name)?.allChecks ?? []).filtered(by: filter))
    }
  }

  private static func serviceChecks(_ call: Call) throws(APIError) -> View {
    let (service, parameters) = (call.argument, call.parameters)
    let filter = try call.filter(FilterSchema<PlacedCheck>.check)
    return .indexed(.service(service)) { catalog, writer in
      let checks = Entry.find(service, in: catalog, parameters).flatMap(\.ownChecks)
      writer.checks(checks.filtered(by: filter))
    }
  }

  private static func checksInState(_ call: Call) throws(APIError) -> View {
    let wanted = HealthStatus(report: call.argument)
    guard wanted != nil || call.argument == "any" else {
      throw .badRequest(
        "state \(call.argument.shortened.debugDescription) is not one of any, passing, warning and critical")
    }
    let filter = try call.filter(FilterSchema<PlacedCheck>.check)
    let meta = call.parameters.nodeMeta
    // The tags of services and the metadata of nodes are in the answer, and no part of the topic.
    return .indexed(.checks, isShared: false) { catalog, writer in
      let checks = catalog.allNodes.lazy.filter { $0.node.matches(meta) }.flatMap(\.allChecks)
        .filter { wanted == nil || $0.check.status == wanted }
      writer.checks(checks.filtered(by: filter))
    }
  }
}
