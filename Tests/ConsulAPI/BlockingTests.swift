internal import MusterEngine
internal import MusterHTTPClient
internal import MusterTestSupport
internal import Testing

@Suite("A blocking query")
struct BlockingTests {
  private let server: TestServer
  private let client: TestClient

  init() throws {
    server = try Sample.server()
    client = try TestClient(server)
  }

  private func index(_ target: String) throws -> UInt64 { try #require(try client.get(target).index) }

  private func change(_ name: String, port: Int = 1) throws {
    let answer = try client.put("/v1/agent/service/register", #"{"Name": "\#(name)", "Port": \#(port)}"#)
    #expect(answer.status == 200)
  }

  private func answer(_ answers: Inbox<HTTPClientResponse?>) throws -> HTTPClientResponse {
    let answer = try #require(answers.next())
    return try #require(answer)
  }

  @Test(
    "is answered by a change of what it asks for, with the new state and index",
    arguments: [
      "/v1/health/service/web", "/v1/health/service/web?passing", "/v1/health/checks/web", "/v1/catalog/service/web",
      "/v1/catalog/services", "/v1/catalog/node/n1", "/v1/catalog/node-services/n1", "/v1/health/node/n1",
      "/v1/health/state/any",
    ])
  func wakes(target: String) throws {
    let before = try client.get(target)
    let index = try #require(before.index)
    let waiting = try server.getInBackground(target + (target.contains("?") ? "&" : "?") + "index=\(index)")
    #expect(server.waitForWatchers(1))
    try client.put(
      "/v1/agent/service/register", #"{"Name": "web", "ID": "web-3", "Tags": ["x"], "Check": {"TTL": "10s"}}"#)
    let woken = try answer(waiting)
    #expect(woken.status == 200)
    #expect(try #require(woken.index) > index)
    #expect(woken.body == (try client.get(target).body))
    if !target.contains("passing") { #expect(woken.body != before.body) }
  }

  @Test("about nodes is answered by a new node")
  func nodes() throws {
    let waiting = try server.getInBackground("/v1/catalog/nodes?index=\(index("/v1/catalog/nodes"))")
    #expect(server.waitForWatchers(1))
    try client.put("/v1/catalog/register", #"{"Node": "n3", "Address": "10.0.0.3"}"#)
    #expect(try answer(waiting).text.contains(#""Node":"n3""#))
  }

  @Test("about a service sleeps through changes of others, and of its own that change nothing")
  func notWoken() throws {
    let waiting = try server.getInBackground("/v1/health/service/web?index=\(index("/v1/health/service/web"))")
    #expect(server.waitForWatchers(1))
    try change("db", port: 2)
    try change("new")
    try client.put("/v1/agent/service/deregister/new")
    try client.put("/v1/agent/check/pass/service:web-1")
    server.registry.wakeUp()
    #expect(server.registry.watcherCount == 1)
    #expect(waiting.count == 0)
    try client.put("/v1/agent/check/fail/service:web-1?note=down")
    #expect(try answer(waiting).text.contains(#""Output":"down""#))
  }

  @Test("is answered with the same body and index when its time is up")
  func timeout() throws {
    let before = try client.get("/v1/health/service/web")
    let index = try #require(before.index)
    let waiting = try server.getInBackground("/v1/health/service/web?index=\(index)&wait=30s")
    #expect(server.waitForWatchers(1))
    server.advance(by: .milliseconds(9_900))
    try client.put("/v1/agent/check/pass/service:web-1")
    server.advance(by: .milliseconds(9_900))
    try client.put("/v1/agent/check/pass/service:web-1")
    #expect(waiting.count == 0)
    server.advance(by: .milliseconds(9_900))
    try client.put("/v1/agent/check/pass/service:web-1")
    #expect(waiting.count == 0)
    server.advance(by: .milliseconds(300))
    let after = try answer(waiting)
    #expect(after.status == 200)
    #expect(after.index == index)
    #expect(after.body == before.body)
  }

  @Test("waits for five minutes by default and ten at the most", arguments: [("", 300), ("&wait=24h", 600)])
  func longestWaits(wait: String, seconds: Int) throws {
    // The check of the sample would expire meanwhile.
    try client.put("/v1/agent/service/deregister/web-1")
    let waiting = try server.getInBackground("/v1/catalog/service/db?index=\(index("/v1/catalog/service/db"))\(wait)")
    #expect(server.waitForWatchers(1))
    server.advance(by: .seconds(seconds - 1))
    #expect(server.registry.watcherCount == 1)
    server.advance(by: .seconds(1))
    #expect(try answer(waiting).status == 200)
  }

  @Test("is answered by the removal of the service, and can wait for its return by the index of the removal")
  func removal() throws {
    try change("new")
    let target = "/v1/health/service/new"
    let first = try server.getInBackground("\(target)?index=\(index(target))")
    #expect(server.waitForWatchers(1))
    try client.put("/v1/agent/service/deregister/new")
    let gone = try answer(first)
    #expect(gone.text == "[]")
    let removal = try #require(gone.index)
    #expect(try index(target) == removal)
    try change("db", port: 9)
    #expect(try index(target) == removal)
    let second = try server.getInBackground("\(target)?index=\(removal)")
    #expect(server.waitForWatchers(1))
    try change("db", port: 10)
    server.registry.wakeUp()
    #expect(server.registry.watcherCount == 1)
    try change("new")
    #expect(try answer(second).text.contains(#""ID":"new""#))
  }

  @Test("has an index for each service, which others leave alone and which is never 0")
  func indexes() throws {
    let (web, db) = (try index("/v1/health/service/web"), try index("/v1/health/service/db"))
    try change("db", port: 3)
    #expect(try index("/v1/health/service/web") == web)
    #expect(try index("/v1/health/service/db") > db)
    #expect(try index("/v1/health/service/never-there") >= 1)
    let empty = try TestClient(TestServer())
    for target in ["/v1/health/service/a", "/v1/catalog/services", "/v1/health/state/any", "/v1/catalog/node/x"] {
      #expect(try #require(try empty.get(target).index) >= 1)
    }
  }

  @Test(
    "is answered at once for index 0, none, or one that has passed", arguments: ["", "?index=0", "?index=", "?index=1"])
  func atOnce(query: String) throws {
    #expect(try client.get("/v1/health/service/web\(query)").status == 200)
    #expect(server.registry.watcherCount == 0)
  }

  @Test("is let go when its client hangs up")
  func hangUp() throws {
    let target = "/v1/health/service/web?index=\(try index("/v1/health/service/web"))"
    do {
      let connection = try RawConnection(port: server.port)
      connection.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(server.waitForWatchers(1))
    }
    #expect(server.waitForWatchers(0))
  }

  @Test("is answered 503 when the server stops")
  func stopping() throws {
    let waiting = try server.getInBackground("/v1/health/service/web?index=\(index("/v1/health/service/web"))")
    #expect(server.waitForWatchers(1))
    server.stop()
    #expect(try answer(waiting).status == 503)
  }
}
