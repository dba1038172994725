internal import MusterCatalog
internal import MusterFilter
internal import MusterHTTPServer
internal import MusterJSON

// /v1/agent/health: the state of the node's own services, as status codes that load balancers understand.
extension ConsulAPI {
  static let agentHealthRoutes: [String: [String: Route]] = [
    "v1/agent/health/service/id/*": ["GET": .view(healthOfID)],
    "v1/agent/health/service/name/*": ["GET": .view(healthOfName)],
  ]

  private static func healthOfID(_ call: Call) throws(APIError) -> View {
    let (key, datacenter) = (InstanceKey(node: call.node, id: call.argument), call.datacenter)
    let asText = call.wantsText
    // The client's Accept field has a say too, which a shared answer would not know of.
    return View(topic: .node(call.node), isIndexed: false, isShared: false) { catalog, writer in
      guard let member = catalog.member(key), let node = catalog.node(key.node) else {
        return .init(code: 404, text: "ServiceId \(key.id.shortened) not found")
      }
      let entry = Entry(node: EntryNode(node), member: member)
      writer.agentHealth(entry, datacenter: datacenter)
      return .init(code: entry.status.httpCode, text: asText ? entry.status.rawValue : nil)
    }
  }

  private static func healthOfName(_ call: Call) throws(APIError) -> View {
    let (service, node, datacenter) = (call.argument, call.node, call.datacenter)
    let asText = call.wantsText
    let parameters = call.parameters
    let filter = try call.filter(FilterSchema<Entry>.agentHealthEntry(datacenter: datacenter))
    return View(topic: .node(node), isIndexed: false, isShared: false) { catalog, writer in
      let entries = Entry.find(service, in: catalog, parameters).filter { $0.member.node == node }
        .filtered(by: filter)
      writer.array { writer in
        for entry in entries { writer.agentHealth(entry, datacenter: datacenter) }
      }
      guard let worst = entries.map(\.status).max() else {
        return .init(code: 404, text: asText ? "ServiceName \(service.shortened) Not Found" : nil)
      }
      return .init(code: worst.httpCode, text: asText ? worst.rawValue : nil)
    }
  }
}

extension Call {
  /// Whether the answer is to be a word and not JSON.
  fileprivate var wantsText: Bool {
    parameters["format"] == "text" || request.header("Accept") == "text/plain"
  }
}

extension HealthStatus {
  /// The HTTP status that stands for it.
  fileprivate var httpCode: Int {
    switch self {
    case .passing: 200
    case .warning: 429
    case .critical, .maintenance: 503
    }
  }
}

extension JSONWriter {
  fileprivate mutating func agentHealth(_ entry: Entry, datacenter: String) {
    object { writer in
      writer.field("AggregatedStatus", entry.status.rawValue)
      writer.key("Service")
      writer.agentInstance(entry.member.instance, datacenter: datacenter)
      writer.key("Checks")
      writer.checks(entry.checks)
    }
  }
}
