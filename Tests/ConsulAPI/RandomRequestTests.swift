internal import MusterHTTPClient
internal import MusterJSON
internal import MusterTestSupport
internal import Testing

@Suite("Random requests")
struct RandomRequestTests {
  @Test("get JSON or a sentence, and leave a registry whose views agree", arguments: [1, 2, 3] as [UInt64])
  func requests(seed: UInt64) throws {
    let server = try Sample.server(cacheBytes: 128 << 10)
    let client = try TestClient(server)
    var random = SplitMix64(seed: seed)
    var statuses: [Int: Int] = [:]
    for number in 0..<1_200 {
      let request = RandomRequest(using: &random)
      let answer = try client.send(request.method, request.target, request.body)
      statuses[answer.status, default: 0] += 1
      try check(answer, to: request)
      if number % 100 == 0 {
        server.advance(by: .seconds(3))
        try checkViews(client)
      }
    }
    #expect(statuses[200] ?? 0 > 300)
    #expect(statuses[400] ?? 0 > 100)
    #expect(statuses.keys.allSatisfy { [200, 400, 404, 405, 429, 500, 503].contains($0) }, "\(statuses)")
    try checkViews(client)
  }

  private func check(_ answer: HTTPClientResponse, to request: RandomRequest) throws {
    let label = Comment(rawValue: "\(request.method) \(request.target) \(answer.status) \(answer.text.prefix(300))")
    let type = answer.headers["Content-Type"] ?? ""
    if type == "application/json" {
      guard answer.text != "true\n", !answer.body.isEmpty else { return }
      #expect(throws: Never.self, label) { _ = try JSON(parsing: answer.body, limits: .generous) }
      return
    }
    #expect(type.hasPrefix("text/plain"), label)
    #expect(answer.body.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }, label)
    guard request.method != "HEAD" else { return }
    #expect(!answer.body.isEmpty, label)
    if answer.status == 500 { #expect(answer.text.hasPrefix("No path to datacenter "), label) }
  }

  /// Every view of the same thing must count the same.
  private func checkViews(_ client: TestClient) throws {
    let status = try client.json("/v1/muster/status")
    let nodes = try Sample.names(client.json("/v1/catalog/nodes"))
    let services = try Sample.names(client.json("/v1/catalog/services"))
    #expect(status["Nodes"] == .integer(Int64(nodes.count)))
    #expect(status["Services"] == .integer(Int64(services.count)))
    let onNodes = try nodes.flatMap { node in
      try (client.json("/v1/catalog/node-services/\(Self.escaped(node))")["Services"]?.array ?? [])
        .map { "\(node) \($0["ID"]?.string ?? "?")" }
    }
    let ofServices = try services.flatMap { service in
      try (client.json("/v1/catalog/service/\(Self.escaped(service))").array ?? [])
        .map { "\($0["Node"]?.string ?? "?") \($0["ServiceID"]?.string ?? "?")" }
    }
    #expect(onNodes.sorted() == ofServices.sorted())
    #expect(status["Instances"] == .integer(Int64(onNodes.count)))
    let any = try client.json("/v1/health/state/any").array?.count
    let byStatus = try ["passing", "warning", "critical"].map {
      try client.json("/v1/health/state/\($0)").array?.count ?? 0
    }
    let byNode = try nodes.map { try client.json("/v1/health/node/\(Self.escaped($0))").array?.count ?? 0 }
    #expect(byStatus.reduce(0, +) == any)
    #expect(byNode.reduce(0, +) == any)
    let counted = ["Passing", "Warning", "Critical"].map { status["Checks"]?[$0]?.integer.map { Int($0) } ?? -1 }
    #expect(counted == byStatus)
  }

  private static func escaped(_ name: String) -> String {
    name.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
