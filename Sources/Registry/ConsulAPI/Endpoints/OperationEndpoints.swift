internal import MusterCatalog
internal import MusterEngine
internal import MusterFilter
internal import MusterHTTPServer
internal import MusterJSON
internal import MusterJournal
internal import MusterTiming

// What the registry says of itself: /v1/agent/self and its like, /v1/status, and /v1/muster for the command line.
extension ConsulAPI {
  static let operationRoutes: [String: [String: Route]] = [
    "v1/agent/self": ["GET": .view(agentSelf)],
    "v1/agent/members": ["GET": .view(members)],
    "v1/agent/reload": ["PUT": .custom(reload)],
    "v1/agent/metrics": ["GET": .custom(metrics)],
    "v1/status/leader": ["GET": .view(leader)],
    "v1/status/peers": ["GET": .view(peers)],
    "v1/muster/status": ["GET": .view(status)],
    "v1/muster/services": ["GET": .view(serviceSummaries)],
    "v1/muster/events/*": ["GET": .custom(events)],
    "v1/muster/history": ["GET": .custom(history)],
    "v1/muster/history/*": ["GET": .custom(history)],
  ]

  private static func agentSelf(_ call: Call) throws(APIError) -> View {
    let settings = call.api.settings
    return .plain(.node(settings.node)) { catalog, writer in
      let node = catalog.node(settings.node)?.node
      writer.object { writer in
        writer.key("Config")
        writer.object { writer in
          writer.field("Datacenter", settings.datacenter)
          writer.field("PrimaryDatacenter", settings.datacenter)
          writer.field("NodeName", settings.node)
          writer.field("NodeID", node?.id ?? "")
          writer.field("Revision", "")
          writer.field("Server", true)
          writer.field("Version", settings.version)
        }
        writer.key("Coord")
        writer.null()
        writer.key("Member")
        writer.member(node, settings)
        writer.labels("Meta", node?.meta ?? [:])
      }
    }
  }

  private static func members(_ call: Call) throws(APIError) -> View {
    let settings = call.api.settings
    let filter = try call.filter(FilterSchema<Node?>.member(settings))
    return .plain(.node(settings.node)) { catalog, writer in
      writer.array { writer in
        for node in [catalog.node(settings.node)?.node].filtered(by: filter) { writer.member(node, settings) }
      }
    }
  }

  private static func leader(_ call: Call) throws(APIError) -> View {
    let node = call.node
    return .plain(.node(node)) { catalog, writer in writer.string(catalog.peer(node)) }
  }

  private static func peers(_ call: Call) throws(APIError) -> View {
    let node = call.node
    return .plain(.node(node)) { catalog, writer in writer.array { $0.string(catalog.peer(node)) } }
  }

  private static func reload(_ call: Call) throws(APIError) -> HTTPReply {
    if let problem = call.api.hooks.reload() { throw .badRequest(problem) }
    return .now(.empty)
  }

  private static func metrics(_ call: Call) throws(APIError) -> HTTPReply {
    let readings = call.api.readings
    if call.parameters["format"] == "prometheus" {
      return .now(
        HTTPResponse(
          status: 200, headers: [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")],
          body: Array(Reading.prometheus(readings).utf8)))
    }
    var writer = JSONWriter(pretty: call.parameters.isPretty)
    writer.metrics(readings, at: call.api.registry.timestamp)
    return .now(.json(200, writer.bytes))
  }

  /// A stream of server-sent events: all instances of a service first, and then what changes.
  private static func events(_ call: Call) throws(APIError) -> HTTPReply {
    .now(
      HTTPResponse(
        status: 200, headers: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")],
        stream: call.api.events.open(call.argument)))
  }

  private static func history(_ call: Call) throws(APIError) -> HTTPReply {
    let limit = try historyLimit(call.parameters["limit"])
    let filter = try call.filter(FilterSchema<HistoryEntry>.historyEntry)
    do {
      let service = call.argument.isEmpty ? nil : call.argument
      // A filter chooses among all that can be asked for, and the newest of these are given.
      let read = try call.api.registry.history(of: service, limit: filter == nil ? limit : longestHistory)
      let entries = read.filtered(by: filter).suffix(limit)
      var writer = JSONWriter(pretty: call.parameters.isPretty, reserving: 4_096)
      writer.array { writer in
        for entry in entries { writer.historyEntry(entry) }
      }
      return .now(.json(200, writer.bytes))
    } catch {
      throw APIError(500, "the history can't be read: \(error.message)")
    }
  }

  /// So many entries of the history can be asked for.
  private static let longestHistory = 10_000

  private static func historyLimit(_ text: String?) throws(APIError) -> Int {
    guard let text, !text.isEmpty else { return 100 }
    guard let limit = Int(text), (1...longestHistory).contains(limit) else {
      throw .badRequest("limit: \(text.shortened.debugDescription) is not a whole number from 1 to \(longestHistory)")
    }
    return limit
  }

  private static func serviceSummaries(_ call: Call) throws(APIError) -> View {
    let filter = try call.filter(FilterSchema<ServiceSummary>.summary)
    return .plain(.none) { catalog, writer in
      writer.array { writer in
        let summaries = catalog.serviceNames.lazy.map { ServiceSummary(of: $0, in: catalog) }
        for summary in summaries.filtered(by: filter) { writer.summary(summary) }
      }
    }
  }

  private static func status(_ call: Call) throws(APIError) -> View {
    let api = call.api
    return .plain(.none) { catalog, writer in writer.status(api, catalog) }
  }
}

extension Catalog {
  /// The address that stands for the registry among Consul's raft peers.
  fileprivate func peer(_ node: String) -> String {
    "\(self.node(node)?.node.address ?? "127.0.0.1"):8300"
  }
}
