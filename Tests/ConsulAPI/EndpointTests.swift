internal import MusterHTTPClient
internal import MusterJSON
internal import MusterTestSupport
internal import Testing

@Suite("An endpoint")
struct EndpointTests {
  @Test("answers with the keys that Consul documents, in that order")
  func shapes() throws {
    let client = try TestClient(Sample.server())
    for (target, shape) in Self.shapes {
      let answer = try client.get(target)
      #expect(answer.status == 200)
      #expect(answer.headers["Content-Type"] == "application/json")
      #expect(answer.headers["Vary"] == "Accept-Encoding")
      #expect(answer.headers["X-Consul-Default-ACL-Policy"] == "allow")
      #expect(try JSON(parsing: answer.body).shape == shape, "\(target)")
    }
  }

  private static let shapes: [(target: String, shape: String)] = [
    (
      "/v1/agent/self",
      "{Config:{Datacenter:s,PrimaryDatacenter:s,NodeName:s,NodeID:s,Revision:s,Server:b,Version:s},Coord:null,"
        + "Member:\(Shapes.member),Meta:{}}"
    ),
    ("/v1/agent/members", "[\(Shapes.member)]"),
    (
      "/v1/agent/services",
      "{db:{\(Shapes.db),Datacenter:s,\(Shapes.revisions)},web-1:\(Shapes.agentWeb)}"
    ),
    ("/v1/agent/service/web-1", Shapes.agentWeb),
    ("/v1/agent/checks", "{probe:\(Shapes.probe),service:web-1:\(Shapes.heartbeat)}"),
    ("/v1/agent/health/service/id/web-1", Shapes.health),
    ("/v1/agent/health/service/name/web", "[\(Shapes.health)]"),
    (
      "/v1/agent/metrics",
      "{Timestamp:s,Gauges:[{Name:s,Value:i,Labels:{}}],Points:[],Counters:[{Name:s,Count:i,Labels:{}}],Samples:[]}"
    ),
    ("/v1/catalog/datacenters", "[s]"),
    ("/v1/catalog/nodes", "[\(Shapes.node)]"),
    ("/v1/catalog/services", "{db:[],web:[s]}"),
    (
      "/v1/catalog/service/web",
      "[{ID:s,Node:s,Address:s,Datacenter:s,TaggedAddresses:{},NodeMeta:{},ServiceKind:s,ServiceID:s,ServiceName:s,"
        + "ServiceTags:[s],ServiceAddress:s,ServiceTaggedAddresses:{wan:{Address:s,Port:i}},"
        + "ServiceWeights:\(Shapes.weights),ServiceMeta:{zone:s},ServicePort:i,ServiceEnableTagOverride:b,"
        + "ServiceProxy:{Mode:s,MeshGateway:{},Expose:{}},ServiceConnect:{},\(Shapes.revisions)}]"
    ),
    (
      "/v1/catalog/node/n1",
      "{Node:\(Shapes.node),Services:{db:{\(Shapes.db),\(Shapes.mesh),\(Shapes.revisions)},"
        + "web-1:{\(Shapes.web),\(Shapes.mesh),\(Shapes.revisions)}}}"
    ),
    ("/v1/catalog/node/nobody", "null"),
    (
      "/v1/catalog/node-services/n1",
      "{Node:\(Shapes.node),Services:[{\(Shapes.db),\(Shapes.mesh),\(Shapes.revisions)}]}"
    ),
    ("/v1/catalog/node-services/nobody", "{Node:null,Services:[]}"),
    ("/v1/health/node/n1", "[\(Shapes.probe)]"),
    ("/v1/health/checks/web", "[\(Shapes.heartbeat)]"),
    (
      "/v1/health/service/web",
      "[{Node:\(Shapes.node),Service:{\(Shapes.web),\(Shapes.mesh),\(Shapes.revisions)},Checks:[\(Shapes.probe)]}]"
    ),
    ("/v1/health/state/any", "[\(Shapes.probe)]"),
    ("/v1/health/state/critical", "[]"),
    ("/v1/status/leader", "s"),
    ("/v1/status/peers", "[s]"),
    (
      "/v1/muster/status",
      "{Version:s,Node:s,Datacenter:s,Revision:i,Store:s,DataDir:s,UptimeSeconds:i,Services:i,Instances:i,Nodes:i,"
        + "Checks:{Passing:i,Warning:i,Critical:i},Watchers:i,Connections:i}"
    ),
    ("/v1/muster/services", "[{Name:s,Tags:[],Instances:i,Passing:i,Warning:i,Critical:i,Index:i}]"),
    ("/v1/muster/history", "[{Revision:i,Time:s,Kind:s,Service:s,Node:s,Instance:s,Check:s,Cause:s}]"),
    ("/v1/muster/history/web", "[{Revision:i,Time:s,Kind:s,Service:s,Node:s,Instance:s,Check:s,Cause:s}]"),
  ]

  @Test("shows an instance exactly as it was registered")
  func snapshot() throws {
    let client = try TestClient(Sample.server())
    let expected = """
      [{"Node":{"ID":"22222222-2222-4333-8444-555555555555","Node":"n2","Address":"10.0.0.2","Datacenter":"dc1",\
      "TaggedAddresses":{"lan":"10.0.0.2"},"Meta":{"rack":"7"},"CreateIndex":3,"ModifyIndex":3},\
      "Service":{"ID":"web-2","Service":"web","Tags":["v2"],"Address":"","TaggedAddresses":{},"Meta":{"zone":"b"},\
      "Port":8081,"Weights":{"Passing":1,"Warning":1},"EnableTagOverride":false,\
      "Proxy":{"Mode":"","MeshGateway":{},"Expose":{}},"Connect":{},"PeerName":"","CreateIndex":3,"ModifyIndex":3},\
      "Checks":[{"Node":"n2","CheckID":"disk","Name":"disk","Status":"passing","Notes":"","Output":"","ServiceID":"",\
      "ServiceName":"","ServiceTags":[],"Type":"","Interval":"","Timeout":"","ExposedPort":0,"Definition":{},\
      "CreateIndex":3,"ModifyIndex":3},{"Node":"n2","CheckID":"web-2-alive","Name":"alive","Status":"warning",\
      "Notes":"","Output":"slow","ServiceID":"web-2","ServiceName":"web","ServiceTags":["v2"],"Type":"","Interval":"",\
      "Timeout":"","ExposedPort":0,"Definition":{},"CreateIndex":3,"ModifyIndex":3}]}]
      """
    #expect(try client.get("/v1/health/service/web?tag=v2").text == expected)
  }

  @Test("that can be waited on says its index, and how consistent it is")
  func headers() throws {
    let client = try TestClient(Sample.server())
    for (query, consistency) in [("", "leader"), ("?stale", "stale"), ("?consistent", "consistent")] {
      let answer = try client.get("/v1/health/service/web\(query)")
      #expect(answer.headers["X-Consul-Index"] == "5")
      #expect(answer.headers["X-Consul-KnownLeader"] == "true")
      #expect(answer.headers["X-Consul-LastContact"] == "0")
      #expect(answer.headers["X-Consul-Effective-Consistency"] == consistency)
    }
    #expect(try client.get("/v1/agent/services").index == nil)
  }

  @Test("answers HEAD as GET, without the body")
  func head() throws {
    let client = try TestClient(Sample.server())
    let (get, head) = (try client.get("/v1/health/service/web"), try client.send("HEAD", "/v1/health/service/web"))
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    #expect(head.headers["Content-Length"] == String(get.body.count))
    #expect(head.index == get.index)
  }

  @Test("about health gives the worst status as a status code and as a word")
  func agentHealth() throws {
    let client = try TestClient(Sample.server())
    func expect(_ status: Int, _ word: String) throws {
      for path in ["id/web-1", "name/web"] {
        let json = try client.get("/v1/agent/health/service/\(path)")
        #expect(json.status == status)
        #expect(json.text.contains(#""AggregatedStatus":"\#(word)""#))
        let text = try client.get("/v1/agent/health/service/\(path)?format=text")
        #expect(text.status == status)
        #expect(text.text == word)
      }
    }
    try expect(200, "passing")
    try client.put("/v1/agent/check/warn/service:web-1")
    try expect(429, "warning")
    try client.put("/v1/agent/check/update/service:web-1", #"{"Status": "critical", "Output": "x"}"#)
    try expect(503, "critical")
    try client.put("/v1/agent/check/pass/service:web-1")
    try client.put("/v1/agent/service/maintenance/web-1?enable=true&reason=later")
    try expect(503, "maintenance")
    #expect(try client.get("/v1/agent/checks").text.contains(#""Notes":"later""#))
    try client.put("/v1/agent/service/maintenance/web-1?enable=false")
    try client.put("/v1/agent/maintenance?enable=true")
    try expect(503, "maintenance")
    try client.put("/v1/agent/maintenance?enable=false")
    try expect(200, "passing")
    #expect(try client.get("/v1/agent/health/service/name/nobody").status == 404)
  }

  @Test("that changes something says so as Consul does, and again when there is nothing left to do")
  func changes() throws {
    let client = try TestClient(Sample.server())
    for (target, body, text) in Self.changes {
      let answer = try client.put(target, body)
      #expect(answer.status == 200, "\(target): \(answer.text)")
      #expect(answer.text == text)
      #expect(answer.headers["Content-Type"] == "application/json")
    }
    #expect(try client.get("/v1/catalog/services").text == "{}")
    #expect(try Sample.names(client.json("/v1/catalog/nodes")) == ["n1"])
    #expect(try client.get("/v1/health/state/any").text == "[]")
  }

  private static let changes: [(target: String, body: String, text: String)] = [
    ("/v1/agent/reload", "", ""),
    ("/v1/agent/check/pass/service:web-1?note=fine", "", ""),
    ("/v1/agent/service/register?replace-existing-checks", #"{"Name": "web", "ID": "web-1"}"#, ""),
    ("/v1/agent/service/deregister/web-1", "", ""),
    ("/v1/agent/service/deregister/db", "", ""),
    ("/v1/agent/check/deregister/probe", "", ""),
    ("/v1/catalog/deregister", #"{"Node": "n2", "CheckID": "web-2-alive"}"#, "true\n"),
    ("/v1/catalog/deregister", #"{"Node": "n2", "ServiceID": "web-2"}"#, "true\n"),
    ("/v1/catalog/deregister", #"{"Node": "n2", "ServiceID": "web-2"}"#, "true\n"),
    ("/v1/catalog/deregister", #"{"Node": "n2", "Datacenter": "dc1"}"#, "true\n"),
    ("/v1/catalog/deregister", #"{"Node": "n2"}"#, "true\n"),
  ]

  @Test("gives metrics for Prometheus, each described once")
  func prometheus() throws {
    let answer = try TestClient(Sample.server()).get("/v1/agent/metrics?format=prometheus")
    #expect(answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    let lines = answer.text.split(separator: "\n")
    #expect(lines.contains("muster_instances 3"))
    #expect(lines.contains(#"muster_checks{status="warning"} 1"#))
    let described = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
    #expect(Set(described).count == described.count)
    for line in lines where !line.hasPrefix("#") {
      let name = line.prefix { $0 != " " && $0 != "{" }
      #expect(described.contains(name))
      #expect(line.split(separator: " ").last.flatMap { UInt64($0) } != nil)
    }
  }

  @Test("that writes says 500 with the reason while nothing can be stored, and reading goes on")
  func fullDisk() throws {
    let server = try Sample.server()
    let client = try TestClient(server)
    let before = try Sample.content(client)
    server.journal.fillUp()
    for (path, body) in [
      ("/v1/agent/service/register", #"{"Name": "new"}"#), ("/v1/agent/service/deregister/db", ""),
      ("/v1/catalog/deregister", #"{"Node": "n2"}"#), ("/v1/agent/maintenance?enable=true", ""),
    ] {
      let answer = try client.put(path, body)
      #expect(answer.status == 500)
      #expect(answer.text == "nothing was changed, since it could not be stored: the disk is full")
    }
    #expect(try client.put("/v1/agent/check/pass/service:web-1").status == 200)
    #expect(try Sample.content(client) == before)
    server.journal.repair()
    #expect(try client.put("/v1/agent/service/register", #"{"Name": "new"}"#).status == 200)
  }

  @Test("for TTL reports takes each at its word, whatever thresholds the check was registered with")
  func thresholds() throws {
    let client = try TestClient(TestServer())
    let check = #"{"TTL": "10s", "SuccessBeforePassing": 3, "FailuresBeforeWarning": 2, "FailuresBeforeCritical": 3}"#
    #expect(try client.put("/v1/agent/service/register", #"{"Name": "web", "Check": \#(check)}"#).status == 200)
    for (report, status) in [("pass", 200), ("fail", 503), ("warn", 429), ("fail", 503), ("pass", 200)] {
      #expect(try client.put("/v1/agent/check/\(report)/service:web").status == 200)
      #expect(try client.get("/v1/agent/health/service/id/web").status == status, "\(report)")
    }
  }

  @Test("shows a service that is not renewed as critical, and then no more")
  func expiry() throws {
    let server = try Sample.server()
    let client = try TestClient(server)
    server.advance(by: .seconds(10))
    #expect(try Sample.names(client.json("/v1/health/service/web?passing")) == [])
    #expect(try Sample.names(client.json("/v1/health/state/critical")) == ["service:web-1"])
    #expect(try client.get("/v1/agent/checks").text.contains(#""Output":"TTL expired: no report for 10s""#))
    server.advance(by: .seconds(90))
    #expect(try Sample.names(client.json("/v1/health/service/web")) == ["web-2"])
    let history = try client.json("/v1/muster/history/web").array ?? []
    #expect(history.last?["Kind"] == .string("deregistered"))
    #expect(history.last?["Cause"] == .string(#"check "service:web-1" was critical for 1m30s"#))
  }
}
