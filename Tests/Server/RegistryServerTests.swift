internal import MusterHTTPClient
internal import MusterHTTPServer
internal import MusterJSON
internal import MusterJournal
internal import MusterRegistryDNS
internal import MusterServer
internal import MusterTestSupport
internal import MusterThreading
internal import Testing

@Suite("A server")
struct RegistryServerTests {
  /// Settings that can be changed, or made to be wrong, while the server runs.
  private final class Source: Sendable {
    let settings: Monitor<ServerSettings>
    let failure = Monitor<ServerError?>(nil)

    init(_ settings: ServerSettings) {
      self.settings = Monitor(settings)
    }

    func load() throws(ServerError) -> ServerSettings {
      if let failure = failure.withLock({ $0 }) { throw failure }
      return settings.withLock { $0 }
    }
  }

  private static func settings(http: String = "127.0.0.1:0") throws -> ServerSettings {
    var settings = ServerSettings()
    settings.dns = nil
    try settings.set("http", to: http)
    try settings.set("store", to: "memory")
    try settings.set("node", to: "n1")
    try settings.set("log-level", to: "error")
    return settings
  }

  private static func start(_ settings: ServerSettings) throws(ServerError) -> RegistryServer {
    try RegistryServer(version: "1.2.3") { () throws(ServerError) in settings }
  }

  private static func get(_ server: RegistryServer, _ target: String) throws -> JSON {
    try JSON(parsing: try HTTPClient().request("GET", server.url + target).body)
  }

  @Test("answers as soon as it is made, and no more once it has stopped")
  func startAndStop() throws {
    let server = try Self.start(Self.settings())
    let url = server.url
    #expect(url.hasPrefix("http://127.0.0.1:"))
    #expect(server.summary == "0 services, 0 instances")
    let own = try Self.get(server, "/v1/agent/self")
    #expect(own["Config"]?["Version"] == .string("1.2.3"))
    #expect(own["Config"]?["NodeName"] == .string("n1"))
    #expect(own["Config"]?["NodeID"]?.string?.utf8.count == 36)
    #expect(own["Member"]?["Addr"] == .string("127.0.0.1"))
    _ = try HTTPClient().request("PUT", "\(url)/v1/agent/service/register", body: Array(#"{"Name": "web"}"#.utf8))
    #expect(server.summary == "1 services, 1 instances")
    #expect(try Self.get(server, "/v1/muster/status")["Connections"]?.integer ?? 0 >= 1)
    server.stop()
    server.stop()
    #expect(throws: HTTPClientError.self) { try HTTPClient().request("GET", "\(url)/v1/agent/self") }
  }

  @Test(
    "registers its node at the address that others reach it at",
    arguments: [
      ("127.0.0.1:0", "10.0.0.9", "10.0.0.9"), ("localhost:0", nil, "127.0.0.1"), ("127.0.0.1:0", nil, "127.0.0.1"),
    ])
  func address(http: String, advertise: String?, expected: String) throws {
    var settings = try Self.settings(http: http)
    if let advertise { try settings.set("advertise", to: advertise) }
    let server = try Self.start(settings)
    let node = try Self.get(server, "/v1/catalog/nodes").array?.first
    #expect(node?["Node"] == .string("n1"))
    #expect(node?["Address"] == .string(expected))
    #expect(node?["TaggedAddresses"]?["lan"] == .string(expected))
    server.stop()
  }

  @Test("keeps its own node, whatever is registered or deregistered in the catalog")
  func ownNode() throws {
    let server = try Self.start(Self.settings())
    let client = try HTTPClient()
    func put(_ path: String, _ body: String) throws -> Int {
      try client.request("PUT", "\(server.url)/v1/\(path)", body: Array(body.utf8)).status
    }
    let before = try Self.get(server, "/v1/agent/self")["Member"]
    #expect(try put("agent/service/register", #"{"Name": "web"}"#) == 200)
    let takeover = #"{"Node": "n1", "Address": "9.9.9.9", "Service": {"Service": "db"}, "Check": {"Name": "disk"}}"#
    #expect(try put("catalog/register", takeover) == 200)
    #expect(try Self.get(server, "/v1/agent/self")["Member"] == before)
    #expect(try Self.get(server, "/v1/agent/members").array == [before].compactMap { $0 })
    #expect(try Self.get(server, "/v1/status/leader") == .string("127.0.0.1:8300"))
    #expect(try Self.get(server, "/v1/catalog/service/db").array?.first?["Address"] == .string("127.0.0.1"))
    #expect(try Self.get(server, "/v1/agent/checks")["disk"] != nil)
    #expect(try put("catalog/deregister", #"{"Node": "n1"}"#) == 200)
    #expect(server.summary == "0 services, 0 instances")
    #expect(try Self.get(server, "/v1/agent/checks") == .object([]))
    #expect(try Self.get(server, "/v1/agent/self")["Member"] == before)
    #expect(try put("agent/service/register", #"{"Name": "web"}"#) == 200)
    #expect(try put("agent/check/register", #"{"Name": "disk", "TTL": "10s"}"#) == 200)
    #expect(try put("agent/maintenance?enable=true", "") == 200)
    server.stop()
  }

  @Test("on every address never registers the wildcard")
  func wildcard() throws {
    let server = try Self.start(Self.settings(http: ":0"))
    let port = try #require(server.url.split(separator: ":").last)
    let answer = try HTTPClient().request("GET", "http://127.0.0.1:\(port)/v1/catalog/nodes")
    #expect(answer.status == 200)
    #expect(!answer.text.contains("0.0.0.0"))
    server.stop()
  }

  @Test("whose port is taken says so and leaves the other alone")
  func portInUse() throws {
    let first = try Self.start(Self.settings())
    let address = String(first.url.dropFirst("http://".utf8.count))
    let error = #expect(throws: ServerError.self) { _ = try Self.start(Self.settings(http: address)) }
    #expect(
      error?.message == "can't listen on \(address): something else listens there; stop it or choose another port")
    #expect(error?.code == .system)
    #expect(try Self.get(first, "/v1/catalog/nodes").array?.count == 1)
    first.stop()
    let second = try Self.start(Self.settings(http: address))
    second.stop()
  }

  @Test(
    "that can't be bound says why",
    arguments: [
      ("192.0.2.1:0", "can't listen on 192.0.2.1:0: this machine has no such address; choose one of its own"),
      (
        "nonsense:0",
        "'nonsense' is not an IP address to listen on; give an IPv4 or IPv6 address or localhost"
      ),
    ])
  func badAddress(http: String, message: String) throws {
    let settings = try Self.settings(http: http)
    let error = #expect(throws: ServerError.self) { _ = try Self.start(settings) }
    #expect(error?.message == message)
  }

  @Test("whose settings can't be read does not start")
  func noSettings() {
    let error = #expect(throws: ServerError.self) {
      _ = try RegistryServer(version: "1") { () throws(ServerError) in throw ServerError(.badSetting, "no settings") }
    }
    #expect(error?.message == "no settings")
  }

  @Test("takes over what can change, and keeps it all when the new settings are wrong")
  func reload() throws {
    let source = Source(try Self.settings())
    let server = try RegistryServer(version: "1") { () throws(ServerError) in try source.load() }
    let client = try HTTPClient()
    func historyAfterChange(_ port: Int) throws -> Int? {
      let body = Array(#"{"Name": "web", "Port": \#(port)}"#.utf8)
      _ = try client.request("PUT", "\(server.url)/v1/agent/service/register", body: body)
      return try Self.get(server, "/v1/muster/history").array?.count
    }
    #expect(try historyAfterChange(1) == 2)
    #expect(try historyAfterChange(2) == 3)
    source.settings.withLock { $0.history.count = 1 }
    #expect(server.reload() == nil)
    #expect(try historyAfterChange(3) == 1)
    source.settings.withLock { $0.history.count = 100 }
    source.failure.withLock { $0 = ServerError(.badSetting, "x.json: threads: wrong") }
    #expect(server.reload() == "x.json: threads: wrong")
    let refused = try client.request("PUT", "\(server.url)/v1/agent/reload")
    #expect(refused.status == 400)
    #expect(refused.text == "x.json: threads: wrong")
    #expect(try historyAfterChange(4) == 1)
    source.failure.withLock { $0 = nil }
    source.settings.withLock { $0.limits.maxTargetBytes = 1 << 20 }
    #expect(server.reload()?.hasPrefix("max-target-bytes: 1048576 is more than max-header-bytes") == true)
    #expect(try historyAfterChange(5) == 1)
    source.settings.withLock { $0.limits.maxTargetBytes = 1_024 }
    #expect(try client.request("PUT", "\(server.url)/v1/agent/reload").status == 200)
    #expect(try historyAfterChange(6) == 2)
    server.stop()
  }
}
