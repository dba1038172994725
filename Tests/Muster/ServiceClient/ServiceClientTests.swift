internal import Muster
internal import MusterHTTPServer
internal import MusterTestSupport
internal import Testing

@Suite("A service client")
struct ServiceClientTests {
  private func client(
    _ webs: [Web], limits: HTTPClient.Limits = HTTPClient.Limits(), _ change: (inout CallSettings) -> Void = { _ in }
  ) throws -> ServiceClient {
    var settings = CallSettings()
    settings.policy = .roundRobin
    settings.attemptTimeout = .seconds(30)
    // Among hundreds of other tests a task may have to wait for its turn longer than any deadline.
    settings.deadline = nil
    change(&settings)
    let client = try ServiceClient("web", settings: settings, limits: limits)
    client.caller.update(Snapshot(service: "web", instances: webs.map(\.instance)))
    return client
  }

  @Test("spreads calls over the instances, with method, path, headers and body")
  func spread() async throws {
    let webs = try (0..<3).map { try Web("w\($0)") }
    let client = try client(webs)
    var answers: [String: Int] = [:]
    for _ in 0..<10 {
      for method in ["GET", "PUT", "POST", "DELETE", "PATCH"] {
        answers[try await client.request(method, "/a?b=c", body: method == "GET" ? [] : [1, 2]).text, default: 0] += 1
      }
    }
    // Tasks move between threads, each of which goes round for itself.
    #expect(Set(answers.keys) == ["w0", "w1", "w2"])
    #expect(answers.values.reduce(0, +) == 50)
    #expect(webs.flatMap(\.requests).filter { $0 == "PATCH /a?b=c" }.count == 10)
  }

  @Test("no idempotent call fails while one instance works, whatever the others do")
  func failover() async throws {
    let webs = try (0..<3).map { try Web("w\($0)") }
    // The instance that works must be given the time to do so on a busy machine, and the one that hangs be waited for once.
    let patient = { (settings: inout CallSettings) in
      settings.attemptTimeout = .seconds(10)
      settings.breaker = CircuitBreaker.Settings(consecutiveFailures: 1, openTime: .seconds(300))
    }
    webs[0].stop()
    webs[1].behave(.answer(503))
    let first = try client(webs, patient)
    for _ in 0..<50 { #expect(try await first.get("/").text == "w2") }
    webs[1].behave(.hang)
    let second = try client(webs, patient)
    for _ in 0..<20 { #expect(try await second.put("/", [1]).text == "w2") }
    #expect(webs[1].requests.count { $0.hasPrefix("PUT") } == 1)
  }

  @Test("a POST that an instance has seen is not sent again")
  func post() async throws {
    let webs = try (0..<2).map { try Web("w\($0)") }
    let client = try client(webs)
    for web in webs { web.behave(.answer(500)) }
    let error = await #expect(throws: ServiceStatusError.self) { try await client.post("/", [1]) }
    #expect(error?.response.status == 500)
    #expect(webs.flatMap(\.requests).count == 1)
    webs[0].stop()
    webs[1].behave(.answer(200))
    for _ in 0..<10 { #expect(try await client.post("/", [1]).text == "w1") }
  }

  @Test(
    "only its own rules say whether a call that was lost is made again", arguments: ["POST", "PATCH", "PUT", "GET"])
  func lost(method: String) async throws {
    let webs = try (0..<2).map { try Web("w\($0)") }
    let client = try client(webs) { $0.maximumAttempts = 2 }
    for web in webs {
      // The connection is there when the call that counts is made.
      client.caller.update(Snapshot(service: "web", instances: [web.instance]))
      _ = try await client.get("/kept")
      web.behave(.hangUp)
    }
    client.caller.update(Snapshot(service: "web", instances: webs.map(\.instance)))
    let error = await #expect(throws: HTTPClientError.self) { try await client.request(method, "/lost") }
    #expect(error?.code == .connectionLost)
    let isIdempotent = ["PUT", "GET"].contains(method)
    #expect(webs.flatMap(\.requests).count { $0 == "\(method) /lost" } == (isIdempotent ? 2 : 1))
  }

  @Test("a POST whose answer is too large is not sent again, and its instance has failed")
  func tooLarge() async throws {
    var limits = HTTPClient.Limits()
    limits.bodyBytes = 100
    let web = try Web("w")
    web.behave(.send(HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: 101))))
    let client = try client([web], limits: limits) {
      $0.failsFast = true
      $0.breaker = CircuitBreaker.Settings(consecutiveFailures: 1, openTime: .seconds(300))
    }
    let error = await #expect(throws: HTTPClientError.self) { try await client.post("/", [1]) }
    #expect(error?.code == .responseTooLarge)
    #expect(web.requests == ["POST /"])
    await #expect(throws: CallError.self) { try await client.post("/", [1]) }
    #expect(web.requests == ["POST /"])
  }

  @Test("a path arrives as it was given", arguments: ["/../x", "/a/../b", "/a/.", "/%2e%2E/c?d=/../e"])
  func path(path: String) async throws {
    let web = try Web("w")
    let client = try client([web])
    _ = try await client.get(path)
    #expect(web.requests == ["GET \(path)"])
  }

  @Test("an answer that says the request was wrong is an answer", arguments: [400, 404, 409, 422])
  func refused(status: Int) async throws {
    let web = try Web("w")
    web.behave(.answer(status))
    let client = try client([web])
    for _ in 0..<10 { #expect(try await client.get("/").status == status) }
    #expect(web.requests.count == 10)
  }

  @Test("paths and schemes that make no sense are refused")
  func badInput() async throws {
    let client = try client([try Web("w")])
    for path in ["", "x", "http://other/"] {
      let error = await #expect(throws: DiscoveryError.self) { try await client.get(path) }
      #expect(error?.message == "the path '\(path)': it must begin with /")
    }
    await #expect(throws: HTTPClientError.self) { try await client.get("/with space") }
    #expect(throws: DiscoveryError.self) { try ServiceClient("web", scheme: "ftp") }
    #expect(throws: DiscoveryError.self) { try ServiceClient("no name") }
  }

  @Test("follows a registry: who registers is called, who leaves is not")
  func registry() async throws {
    let server = try TestServer()
    let discovery = try ConsulDiscovery(ConsulSettings(address: ConsulAddress("127.0.0.1:\(server.port)")))
    let webs = try (0..<2).map { try Web("w\($0)") }
    let client = try client([])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run(watching: discovery) }
      var registered: [Instance] = []
      for web in webs {
        let registration = Registration(
          service: "web", port: web.instance.endpoint.port, host: "127.0.0.1", id: web.instance.id)
        registered.append(try await discovery.register(registration))
      }
      try await Self.wait { client.caller.balancer.status.count == 2 }
      #expect(["w0", "w1"].contains(try await client.get("/").text))
      try await discovery.deregister(registered[0])
      try await Self.wait { client.caller.balancer.status.count == 1 }
      for _ in 0..<5 { #expect(try await client.get("/").text == "w1") }
      group.cancelAll()
    }
    server.stop()
  }

  private static func wait(until isSo: () -> Bool) async throws {
    let patience = ContinuousClock.now + .seconds(30)
    while !isSo() {
      try #require(ContinuousClock.now < patience)
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
