internal import MusterCatalog
internal import MusterEngine
internal import MusterHTTPServer
internal import MusterJSON

// Look-ups: answered at once, or parked until what they ask for has changed.
extension ConsulAPI {
  /// A look-up that may be answered several times over: everybody who asks the same shares one body.
  private struct Query: Sendable {
    let view: View
    let parameters: Parameters
    /// The target without what only says how long to wait.
    let target: [UInt8]
  }

  func answer(_ view: View, to call: Call) throws(APIError) -> HTTPReply {
    metrics.countRead()
    let query = Query(view: view, parameters: call.parameters, target: Self.sharedTarget(call.request))
    guard view.isIndexed, let topic = view.topic, call.parameters.index > 0 else {
      return .now(response(to: query))
    }
    guard registry.catalog.index(of: topic) <= call.parameters.index else { return .now(response(to: query)) }
    return .later { [self] in park($0, query, topic) }
  }

  private func park(_ exchange: HTTPExchange, _ query: Query, _ topic: Topic) {
    let wait = query.parameters.wait
    let timeout = wait + wait * hooks.jitter() / 16
    let watch = registry.watch(topic, after: query.parameters.index, timeout: timeout) { [self] end in
      switch end {
      case .changed, .timedOut: _ = exchange.answer(response(to: query))
      case .stopping: _ = exchange.answer(.stopping)
      }
    }
    exchange.onHangUp { [registry] in registry.cancel(watch) }
  }

  private func response(to query: Query) -> HTTPResponse {
    if query.view.isShared, let ready = cache.find(query.target.span) { return ready }
    let catalog = registry.catalog
    var writer = JSONWriter(pretty: query.parameters.isPretty, reserving: 4_096)
    let status = query.view.render(catalog, &writer)
    if let text = status.text { return .text(status.code, text) }
    let index = query.view.isIndexed ? query.view.topic.map { catalog.index(of: $0) } : nil
    let headers = (index.map { Self.headers(index: $0, query.parameters.consistency) } ?? []) + status.headers
    let response = HTTPResponse.json(status.code, writer.bytes, headers: headers)
    if query.view.isShared, let topic = query.view.topic, status.code == 200 {
      let revision = catalog.revision(of: topic)
      cache.insert(response, for: query.target, topic: topic, bytes: writer.length) {
        registry.catalog.revision(of: topic) == revision
      }
    }
    return response
  }

  private static func headers(index: UInt64, _ consistency: Parameters.Consistency) -> [(String, String)] {
    [
      ("X-Consul-Index", String(index)), ("X-Consul-KnownLeader", "true"), ("X-Consul-LastContact", "0"),
      ("X-Consul-Effective-Consistency", consistency.rawValue),
    ]
  }

  /// The key under which an answer is shared: the target as it came, so that a repeated request is found without being
  /// parsed, unless it says how long to wait.
  private static func sharedTarget(_ request: HTTPRequest) -> [UInt8] {
    guard request.query.contains(where: { $0.name == "index" || $0.name == "wait" }) else {
      return Array(request.target.utf8)
    }
    let items = request.query.filter { $0.name != "index" && $0.name != "wait" }
    // A byte that no target contains keeps these keys apart from raw ones, and names from values.
    let text = items.reduce(into: request.path) { $0 += "\0\($1.name)\0\($1.value)" }
    return Array(text.utf8)
  }
}

extension Catalog {
  /// The revision of a topic as clients see it: 0 would mean "answer at once", so it is never sent.
  func index(of topic: Topic) -> UInt64 { max(1, revision(of: topic)) }
}
