internal import MusterHTTPClient
internal import MusterHTTPServer
internal import MusterJSON
internal import MusterTestSupport
internal import MusterThreading
internal import Testing

@testable internal import MusterConsulAPI

@Suite("Shared answers")
struct CacheTests {
  @Test("are byte for byte and header for header those that are made anew")
  func quickEqualsSlow() throws {
    let server = try Sample.server()
    let uncached = try Sample.server(cacheBytes: 0)
    let (client, other) = (try TestClient(server), try TestClient(uncached))
    var kept = 0
    for target in Self.targets {
      let first = try client.get(target)
      let bytes = Array(target.utf8)
      if server.api.quick(target: bytes.span, acceptsGzip: false) != nil { kept += 1 }
      let second = try client.get(target)
      let slow = try other.get(target)
      #expect(uncached.api.quick(target: bytes.span, acceptsGzip: false) == nil)
      #expect(second.body == first.body, "\(target)")
      #expect(second.body == slow.body, "\(target)")
      #expect(fields(second) == fields(slow), "\(target)")
    }
    #expect(kept > 10)
  }

  private func fields(_ answer: HTTPClientResponse) -> [String] {
    answer.headers.fields.filter { $0.name != "Date" }.map { "\($0.name): \($0.value)" }.sorted()
  }

  private static let targets = [
    "/v1/health/service/web", "/v1/health/service/web?passing", "/v1/health/service/web?tag=v1&pretty",
    "/v1/health/service/web?stale", "/v1/health/service/nobody", "/v1/health/checks/web", "/v1/health/node/n1",
    "/v1/health/state/any", "/v1/catalog/services", "/v1/catalog/nodes", "/v1/catalog/service/web",
    "/v1/catalog/node/n2", "/v1/catalog/node/nobody", "/v1/catalog/node-services/n1", "/v1/catalog/datacenters",
    "/v1/agent/services", "/v1/agent/checks", "/v1/agent/service/web-1", "/v1/agent/service/nobody", "/v1/agent/self",
    "/v1/agent/members", "/v1/agent/health/service/id/web-1", "/v1/agent/health/service/name/web",
    "/v1/status/leader", "/v1/status/peers", "/v1/muster/services", "/v1/health/service/web?index=1&wait=1s",
  ]

  @Test("are kept apart where the Accept field has a say")
  func accept() throws {
    let client = try TestClient(Sample.server())
    for target in ["/v1/agent/health/service/id/web-1", "/v1/agent/health/service/name/web"] {
      for _ in 0..<2 {
        #expect(try client.get(target).headers["Content-Type"] == "application/json")
        let text = try client.send("GET", target, headers: [(name: "Accept", value: "text/plain")])
        #expect(text.text == "passing")
      }
    }
  }

  @Test("follow changes of what they show, whatever they are about")
  func neverStale() throws {
    let client = try TestClient(Sample.server())
    let byMeta = "/v1/catalog/services?node-meta=rack:7"
    let (byTag, byRack) = ("/v1/health/state/any", "/v1/health/state/any?node-meta=rack:7")
    for target in [byMeta, byTag, byRack] { _ = try client.get(target) }
    try client.put("/v1/catalog/register", #"{"Node": "n2", "Address": "10.0.0.2", "NodeMeta": {"rack": "8"}}"#)
    #expect(try client.get(byMeta).text == "{}")
    #expect(try client.get(byRack).text == "[]")
    try client.put(
      "/v1/catalog/register",
      #"{"Node": "n2", "Address": "10.0.0.2", "Service": {"Service": "web", "ID": "web-2", "Tags": ["new-tag"]}}"#)
    #expect(try client.get(byTag).text.contains("new-tag"))
  }

  @Test("are compressed for clients that take gzip, and only when they are long", arguments: [true, false])
  func gzip(isLong: Bool) throws {
    let client = try TestClient(Sample.server())
    let target = isLong ? "/v1/health/service/web" : "/v1/status/leader"
    for _ in 0..<2 {
      let answer = try client.send("GET", target, headers: [(name: "Accept-Encoding", value: "gzip")])
      #expect(answer.headers["Content-Encoding"] == (isLong ? "gzip" : nil))
      #expect(answer.body.starts(with: [0x1F, 0x8B]) == isLong)
      #expect(answer.headers["Vary"] == "Accept-Encoding")
      #expect(try client.get(target).headers["Content-Encoding"] == nil)
    }
  }

  @Test(
    "are indented when asked to be", arguments: ["/v1/health/service/web", "/v1/catalog/nodes", "/v1/agent/metrics"])
  func pretty(target: String) throws {
    let client = try TestClient(Sample.server())
    let (plain, pretty) = (try client.get(target), try client.get("\(target)?pretty"))
    #expect(!plain.text.contains("\n"))
    #expect(pretty.text.contains("\n    "))
    if target != "/v1/agent/metrics" {
      #expect(try JSON(parsing: plain.body) == JSON(parsing: pretty.body))
    }
    #expect(try client.get("\(target)?pretty=false").text.contains("\n") == false)
  }

  @Test("take no more memory than allowed, whatever is asked for")
  func bounded() throws {
    let bytes = 64 << 10
    let server = try Sample.server(cacheBytes: bytes)
    let client = try TestClient(server)
    for number in 0..<300 {
      _ = try client.get("/v1/health/service/web?unused=\(number)")
      #expect(server.api.cache.size.bytes <= bytes)
    }
    #expect(server.api.cache.size.entries > 1)
    let last = Array("/v1/health/service/web?unused=299".utf8)
    #expect(server.api.quick(target: last.span, acceptsGzip: false) != nil)
    #expect(try client.get("/v1/health/service/web?unused=299").text == client.get("/v1/health/service/web").text)
  }

  @Test("never show an older state than one that was acknowledged", arguments: [1, 2] as [UInt64])
  func stress(seed: UInt64) throws {
    let server = try Sample.server(cacheBytes: 256 << 10)
    let problems = Inbox<String>()
    let threads = try (0..<4).map { number in
      try WorkerThread(name: "client") {
        do {
          var random = SplitMix64(seed: seed * 10 + UInt64(number))
          try Self.writeAndRead(TestClient(server), as: number, &random, problems)
        } catch {
          problems.add("\(error)")
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(problems.count == 0, "\(problems.next(within: .zero) ?? "")")
    #expect(server.api.cache.size.bytes <= 256 << 10)
  }

  /// Every writer has an instance of its own in one of two services that all share, and looks for its last port.
  private static func writeAndRead(
    _ client: TestClient, as number: Int, _ random: inout SplitMix64, _ problems: Inbox<String>
  ) throws {
    var lastIndex: [String: UInt64] = [:]
    for port in 1...150 {
      let (service, id) = ("shared-\(number % 2)", "i\(number)")
      try client.put(
        "/v1/agent/service/register", #"{"Name": "\#(service)", "ID": "\#(id)", "Port": \#(port)}"#)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let target = readTargets(service).randomElement(using: &random) ?? ""
        let answer = try client.get(target)
        let entries = try JSON(parsing: answer.body, limits: .generous).array ?? []
        let mine = entries.first { ($0["Service"]?["ID"] ?? $0["ServiceID"] ?? $0["ID"]) == .string(id) }
        let seen = mine?["Service"]?["Port"] ?? mine?["ServicePort"] ?? mine?["Port"]
        if seen != .integer(Int64(port)) { problems.add("\(target) shows \(seen ?? .null) after \(port)") }
        let index = answer.index ?? 0
        if index < lastIndex[target] ?? 0 { problems.add("\(target): the index went back to \(index)") }
        lastIndex[target] = index
      }
    }
  }

  private static func readTargets(_ service: String) -> [String] {
    [
      "/v1/health/service/\(service)", "/v1/health/service/\(service)?passing", "/v1/catalog/service/\(service)",
      "/v1/catalog/service/\(service)?pretty", "/v1/health/service/\(service)?index=1&wait=1s",
    ]
  }
}
