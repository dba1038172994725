import Muster
import MusterDiscoveryConformance
import MusterHTTPServer
import MusterTestSupport
import MusterThreading
import Testing

/// The examples of docs/providers.md and docs/lifecycle.md, against a registry of this process.
@Suite("The examples of the documentation")
struct DocumentationTests {
  /// A service that can be asked whether it listens.
  private actor Server {
    private(set) var isListening = false

    func run(until isFound: @Sendable () async throws -> Bool) async throws {
      isListening = true
      while try await !isFound() { try Task.checkCancellation() }
    }
  }

  @Test("register a service and watch it")
  func providers() async throws {
    let server = try TestServer()
    let registry = try ConsulDiscovery(
      ConsulSettings(address: try ConsulAddress("127.0.0.1:\(server.port)"), wait: .seconds(60)))
    let instance = try await registry.register(Registration(service: "web", port: 8080))
    for await snapshot in registry.watch("web") {
      #expect(snapshot.instances.map(\.endpoint) == [instance.endpoint])
      #expect(snapshot.freshness == .live)
      break
    }
    let violations = await Conformance(InMemoryDiscovery()).run()
    #expect(violations.isEmpty)
    _ = try DNSDiscovery(
      DNSDiscoverySettings(domain: "service.consul", server: Endpoint(host: "127.0.0.1", port: 8600)))
  }

  /// As in README.md and docs/client.md: nothing waits for the first list but the call.
  @Test("call a service by its name as soon as it is followed")
  func client() async throws {
    let server = try TestServer()
    let registry = try ConsulDiscovery(ConsulSettings(address: try ConsulAddress("127.0.0.1:\(server.port)")))
    // The registry is a web service too.
    _ = try await registry.register(Registration(service: "web", port: server.port, host: "127.0.0.1"))
    // Among hundreds of other tests a task may have to wait for its turn.
    let client = try ServiceClient(
      "web", settings: CallSettings(deadline: .seconds(600), attemptTimeout: .seconds(600)))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run(watching: registry) }
      let answer = try await client.get("/v1/status/leader")
      #expect(answer.status == 200)
      group.cancelAll()
    }
    let another = try ServiceClient(
      "web", settings: CallSettings(deadline: .seconds(600), attemptTimeout: .seconds(600)))
    async let _ = another.run(watching: registry)
    #expect(try await another.get("/v1/status/leader").status == 200)
  }

  @Test("keep a service registered, with a real registry")
  func lifecycle() async throws {
    let server = Server()
    let real = try TestServer()
    let registry = try ConsulDiscovery(ConsulSettings(address: try ConsulAddress("127.0.0.1:\(real.port)")))
    try await withRegistration(
      Registration(service: "web", port: 8080), with: registry, settings: LifecycleSettings(signals: []),
      isReady: { await server.isListening }
    ) {
      try await server.run { try await registry.discover("web").count == 1 }
    }
    #expect(try await registry.discover("web") == [])
  }

  @Test("register again with a registry that comes back with nothing")
  func restart() async throws {
    let first = try TestServer()
    let front = try HTTPServer(configuration: HTTPServerConfiguration(threads: 2), handler: first.api, log: { _ in })
    let port = front.address.port
    let registry = try ConsulDiscovery(ConsulSettings(address: try ConsulAddress("127.0.0.1:\(port)")))
    let second = try TestServer()
    let back = Locked<HTTPServer?>(nil)
    let (events, arrived) = AsyncStream.makeStream(of: LifecycleEvent.self)
    let settings = LifecycleSettings(ttl: .seconds(1), signals: [], onEvent: { arrived.yield($0) })
    try await withRegistration(Registration(service: "web", port: 8080), with: registry, settings: settings) {
      for await event in events {
        if case .registered = event { break }
      }
      front.stop()
      let new = try HTTPServer(
        configuration: HTTPServerConfiguration(port: port, threads: 2), handler: second.api, log: { _ in })
      back.withLock { $0 = new }
      for await event in events {
        if case .registeredAgain = event { break }
      }
      while try await registry.discover("web").isEmpty {}
    }
    #expect(try await registry.discover("web") == [])
    back.withLock { $0 }?.stop()
  }

  @Test("register by hand")
  func byHand() async throws {
    let registry = InMemoryDiscovery()
    let registrar = try Registrar(Registration(service: "web", port: 8080), with: registry)
    try await registrar.registerSelf()
    #expect(try await registry.discover("web").map(\.id) == [registrar.instance?.id])
    try await registrar.deregisterSelf()
    #expect(try await registry.discover("web") == [])
  }
}
