internal import MusterHTTPClient
internal import MusterJSON
internal import MusterTestSupport
internal import Testing

@Suite("Look-ups")
struct ParameterTests {
  typealias Case = (target: String, names: [String])

  @Test("give what their parameters ask for")
  func parameters() throws {
    let client = try TestClient(Sample.server())
    for (target, names) in Self.table {
      let answer = try client.get(target)
      #expect(answer.status == 200, "\(target): \(answer.text)")
      #expect(Sample.names(try JSON(parsing: answer.body)) == names, "\(target)")
    }
  }

  private static let table: [Case] = [
    ("/v1/health/service/web", ["web-1", "web-2"]),
    ("/v1/health/service/web?passing", ["web-1"]),
    ("/v1/health/service/web?passing=1", ["web-1"]),
    ("/v1/health/service/web?passing=true", ["web-1"]),
    ("/v1/health/service/web?passing=0", ["web-1", "web-2"]),
    ("/v1/health/service/web?passing=false", ["web-1", "web-2"]),
    ("/v1/health/service/web?tag=v1", ["web-1"]),
    ("/v1/health/service/web?tag=V1&tag=blue", ["web-1"]),
    ("/v1/health/service/web?tag=v1&tag=v2", []),
    ("/v1/health/service/web?tag=", ["web-1", "web-2"]),
    ("/v1/health/service/web?near=_agent", ["web-1", "web-2"]),
    ("/v1/health/service/web?near=n2", ["web-1", "web-2"]),
    ("/v1/health/service/web?node-meta=rack:7", ["web-2"]),
    ("/v1/health/service/web?node-meta=rack:8", []),
    ("/v1/health/service/web?node-meta=rack:7&node-meta=row:1", []),
    ("/v1/health/service/web?dc=dc1", ["web-1", "web-2"]),
    ("/v1/health/service/web?dc=", ["web-1", "web-2"]),
    ("/v1/health/service/web?stale", ["web-1", "web-2"]),
    ("/v1/health/service/web?consistent", ["web-1", "web-2"]),
    ("/v1/health/service/web?cached", ["web-1", "web-2"]),
    ("/v1/health/service/web?unknown=1", ["web-1", "web-2"]),
    ("/v1/health/service/w%65b", ["web-1", "web-2"]),
    ("/v1/health/service/Web", []),
    ("/v1/health/service/*", []),
    ("/v1/health/service/a%2Fb", []),
    ("/v1/health/checks/web", ["service:web-1", "web-2-alive"]),
    ("/v1/health/node/n1", ["probe", "service:web-1"]),
    ("/v1/health/node/nobody", []),
    ("/v1/health/state/any", ["probe", "service:web-1", "disk", "web-2-alive"]),
    ("/v1/health/state/passing", ["probe", "service:web-1", "disk"]),
    ("/v1/health/state/warning", ["web-2-alive"]),
    ("/v1/health/state/critical", []),
    ("/v1/health/state/any?node-meta=rack:7", ["disk", "web-2-alive"]),
    ("/v1/catalog/nodes", ["n1", "n2"]),
    ("/v1/catalog/nodes?node-meta=rack:7", ["n2"]),
    ("/v1/catalog/services", ["db", "web"]),
    ("/v1/catalog/services?node-meta=rack:7", ["web"]),
    ("/v1/catalog/service/web", ["web-1", "web-2"]),
    ("/v1/catalog/service/web?tag=v2", ["web-2"]),
    ("/v1/catalog/service/nobody", []),
    ("/v1/catalog/datacenters", ["dc1"]),
    ("/v1/agent/services", ["db", "web-1"]),
    ("/v1/agent/checks", ["probe", "service:web-1"]),
    ("/v1/muster/services", ["db", "web"]),
  ]

  @Test("give what their filters let through")
  func filters() throws {
    let client = try TestClient(Sample.server())
    for (path, filter, names) in Self.filterTable {
      let escaped = filter.utf8.map { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte ? String(UnicodeScalar(byte)) : "%\(hex(byte))"
      }.joined()
      let answer = try client.get("\(path)?filter=\(escaped)")
      #expect(answer.status == 200, "\(path) \(filter): \(answer.text)")
      guard answer.status == 200 else { continue }
      #expect(Sample.names(try JSON(parsing: answer.body)) == names, "\(path) \(filter)")
    }
  }

  private func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return text.utf8.count == 1 ? "0\(text)" : text
  }

  private static let filterTable: [(path: String, filter: String, names: [String])] = [
    ("/v1/health/service/web", #"Service.Meta["zone"] == "a""#, ["web-1"]),
    ("/v1/health/service/web", "Service.Meta.zone == b", ["web-2"]),
    ("/v1/health/service/web", "v2 in Service.Tags", ["web-2"]),
    ("/v1/health/service/web", "Service.Tags contains v1 and Service.Port == 8080", ["web-1"]),
    ("/v1/health/service/web", #"Node.Node == "n2" or Service.Weights.Passing == 5"#, ["web-1", "web-2"]),
    ("/v1/health/service/web", "Checks.Status == warning", ["web-2"]),
    ("/v1/health/service/web", "Node.Meta.rack is empty", ["web-1"]),
    ("/v1/health/service/web", "not Service.ID matches `1$`", ["web-2"]),
    ("/v1/health/checks/web", "Status == warning", ["web-2-alive"]),
    ("/v1/health/node/n1", #"ServiceName == """#, ["probe"]),
    ("/v1/health/state/any", "v1 in ServiceTags", ["service:web-1"]),
    ("/v1/catalog/nodes", "Meta.rack == `7`", ["n2"]),
    ("/v1/catalog/services", "ServiceName == db", ["db"]),
    ("/v1/catalog/service/web", "ServiceMeta.zone == b", ["web-2"]),
    ("/v1/catalog/service/web", #"ServiceID == "web-1" and Node == n1"#, ["web-1"]),
    ("/v1/catalog/service/web", "NodeMeta.rack == `7` and ServicePort == 8081", ["web-2"]),
    ("/v1/agent/services", "Service == db", ["db"]),
    ("/v1/agent/checks", #"ServiceID == "web-1""#, ["service:web-1"]),
    ("/v1/health/service/web", "v2 in Checks.ServiceTags", ["web-2"]),
    ("/v1/health/service/web", "Service.TaggedAddresses.wan.Address == `198.51.100.1`", ["web-1"]),
    ("/v1/health/service/web", #"Service.TaggedAddresses["wan"].Port == 80"#, ["web-1"]),
    ("/v1/health/service/web", #"Service.TaggedAddresses["lan"].Port is empty"#, ["web-1", "web-2"]),
    ("/v1/health/service/web", #"Service.Proxy.Mode == "" and Service.PeerName is empty"#, ["web-1", "web-2"]),
    ("/v1/health/service/web", "Service.Proxy.Expose is not empty", []),
    ("/v1/health/service/web", "Service.Connect.Native == false", ["web-1", "web-2"]),
    ("/v1/health/service/web", "Service.ModifyIndex == 2", ["web-1"]),
    ("/v1/health/service/web", "Service.CreateIndex != 2", ["web-2"]),
    ("/v1/health/service/web", "Checks.ModifyIndex == 2", ["web-1"]),
    ("/v1/health/service/web", "Checks.Definition.TTL == `10s`", ["web-1"]),
    ("/v1/health/service/web", "Checks.Definition.DeregisterCriticalServiceAfter is not empty", ["web-1"]),
    ("/v1/health/service/web", "Checks.Definition.HTTP matches `^http:`", ["web-1"]),
    ("/v1/health/service/web", "Checks.ExposedPort == 0 and Checks.Interval == `1h0m0s`", ["web-1"]),
    ("/v1/health/checks/web", "Definition.TTL == `10s`", ["service:web-1"]),
    ("/v1/health/node/n1", "Definition.Method == GET and Timeout == `10s`", ["probe"]),
    ("/v1/health/node/n1", "Definition.GRPCUseTLS == true or Definition.Args is not empty", []),
    ("/v1/catalog/service/web", "ModifyIndex == 2", ["web-1"]),
    ("/v1/catalog/service/web", "ServiceTaggedAddresses.wan.Port == 80", ["web-1"]),
    ("/v1/catalog/service/web", #"ServiceProxy.Mode == "" and ServiceConnect.Native == false"#, ["web-1", "web-2"]),
    ("/v1/agent/services", "TaggedAddresses.wan.Port == 80 and ModifyIndex == 2", ["web-1"]),
    ("/v1/agent/members", "Name == n1 and Addr == `10.0.0.1` and Port == 8301", ["n1"]),
    ("/v1/agent/members", "Tags.role == consul and Status == 1 and ProtocolCur == 2", ["n1"]),
    ("/v1/agent/members", "Name != n1", []),
    ("/v1/agent/health/service/name/web", "AggregatedStatus == passing and Service.Port == 8080", ["web-1"]),
    ("/v1/agent/health/service/name/web", "Checks.Definition.TTL == `10s`", ["web-1"]),
    ("/v1/muster/services", "Instances == 1 and Warning == 0", ["db"]),
    ("/v1/muster/services", "v2 in Tags", ["web"]),
    ("/v1/muster/services", "Passing == 1 and Critical == 0 and Index != 0", ["db", "web"]),
  ]

  @Test("are refused for a filter that they can't serve, wherever they are a list")
  func unknownFields() throws {
    let client = try TestClient(Sample.server())
    for path in Set(Self.filterTable.map(\.path)).union(["/v1/muster/history", "/v1/muster/history/web"]).sorted() {
      let answer = try client.get("\(path)?filter=Bogus==1")
      #expect(answer.status == 400, "\(path)")
      #expect(answer.text.contains(#"unknown selector "Bogus""#), "\(path): \(answer.text)")
    }
  }

  @Test("of health by name find nothing where the filter lets nothing through")
  func agentHealth() throws {
    let client = try TestClient(Sample.server())
    #expect(try client.get("/v1/agent/health/service/name/web?filter=Service.Port==1").status == 404)
  }

  @Test("of the history give the newest entries that the filter lets through")
  func historyFilters() throws {
    let client = try TestClient(Sample.server())
    let all = try client.json("/v1/muster/history").array ?? []
    let kinds = all.map { $0["Kind"] }
    #expect(kinds.filter { $0 == .string("registered") }.count == 3)
    let found = try client.json("/v1/muster/history?filter=Kind==registered").array ?? []
    #expect(found.map { $0["Instance"] } == [.string("web-1"), .string("web-2"), .string("db")])
    let last = try client.json("/v1/muster/history/web?limit=1&filter=Kind==registered").array ?? []
    #expect(last.map { $0["Instance"] } == [.string("web-2")])
    #expect(try client.json("/v1/muster/history?filter=Node==n2&limit=9").array?.count == 1)
    #expect(try client.json("/v1/muster/history?filter=Revision==1").array?.map { $0["Cause"] }.count == 1)
  }

  @Test("of one node filter its services")
  func nodeFilters() throws {
    let client = try TestClient(Sample.server())
    let node = try client.json("/v1/catalog/node/n1?filter=Service==web")
    #expect(node["Services"]?.object?.map(\.key) == ["web-1"])
    let list = try client.json("/v1/catalog/node-services/n1?filter=Port==5432")
    #expect(list["Services"]?.array?.map { $0["ID"] } == [.string("db")])
  }
}
