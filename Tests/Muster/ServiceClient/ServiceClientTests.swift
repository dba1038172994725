internal import Muster
internal import MusterTestSupport
internal import Testing

@Suite("A service client")
struct ServiceClientTests {
  private func client(_ webs: [Web], _ change: (inout CallSettings) -> Void = { _ in }) throws -> ServiceClient {
    var settings = CallSettings()
    settings.policy = .roundRobin
    settings.attemptTimeout = .milliseconds(300)
    change(&settings)
    let client = try ServiceClient("web", settings: settings)
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
    let client = try client(webs) { $0.maximumAttempts = 3 }
    webs[0].stop()
    webs[1].behave(.answer(503))
    for _ in 0..<50 { #expect(try await client.get("/").text == "w2") }
    webs[1].behave(.hang)
    for _ in 0..<20 { #expect(try await client.put("/", [1]).text == "w2") }
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
