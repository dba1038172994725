import MusterConsulDiscovery
import MusterDiscovery
import MusterDiscoveryConformance
import MusterHTTPServer
import MusterTestSupport
import MusterThreading
import Testing

@Suite("A registry over HTTP")
struct RegistryTests {
  /// A registry that can be killed and started again at the same address, and has lost everything then.
  private final class Mortal: Sendable {
    let port: UInt16
    let server: TestServer
    private let front: Locked<HTTPServer?>

    init() throws {
      server = try TestServer()
      let front = try Self.listen(server, 0)
      port = front.address.port
      self.front = Locked(front)
    }

    private static func listen(_ server: TestServer, _ port: UInt16) throws -> HTTPServer {
      try HTTPServer(
        configuration: HTTPServerConfiguration(port: port, threads: 2), handler: server.api, log: { _ in })
    }

    func stop() { front.withLock { $0.take() }?.stop() }

    func start() throws {
      let new = try Self.listen(server, port)
      front.withLock { $0 = new }
    }

    func provider(clock: some Clock<Duration> = ContinuousClock()) throws -> ConsulDiscovery {
      try ConsulDiscovery(
        ConsulSettings(address: ConsulAddress("127.0.0.1:\(port)"), wait: .seconds(2)), clock: clock)
    }

    deinit { stop() }
  }

  @Test("keeps every promise of a provider, also when it is killed and started again")
  func conformance() async throws {
    let registry = try Mortal()
    let disturbance = Conformance.Disturbance(begin: { registry.stop() }, end: { try registry.start() })
    #expect(await Conformance(try registry.provider(), disturbance: disturbance, patience: .seconds(300)).run() == [])
    withExtendedLifetime(registry) {}
  }

  /// The new registry's index is lower, so that a query that reaches it before the watch has noticed waits in vain: for as
  /// long as the settings say.
  @Test("that comes back empty is believed, and its lower index too")
  func forgetful() async throws {
    let first = try TestServer()
    let front = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: 2), handler: first.api, log: { _ in })
    let port = front.address.port
    let provider = try ConsulDiscovery(
      ConsulSettings(address: ConsulAddress("127.0.0.1:\(port)"), wait: .seconds(1), timeout: .milliseconds(500)))
    for number in 1...20 as ClosedRange<UInt16> {
      try await provider.register(Registration(service: "web", port: number, host: "h"))
    }
    var reader = provider.watch("web").makeAsyncIterator()
    #expect(await reader.next()?.instances.count == 20)
    front.stop()
    let second = try TestServer()
    let newFront = try HTTPServer(
      configuration: HTTPServerConfiguration(port: port, threads: 2), handler: second.api, log: { _ in })
    var last = await reader.next()
    while let snapshot = last, snapshot.freshness != .live { last = await reader.next() }
    #expect(last?.instances == [])
    try await provider.register(Registration(service: "web", port: 1, host: "h"))
    #expect(await reader.next()?.instances.count == 1)
    newFront.stop()
  }

  @Test("hides an instance whose TTL has ended")
  func expiry() async throws {
    let registry = try TestServer()
    let provider = try ConsulDiscovery(ConsulSettings(address: ConsulAddress("127.0.0.1:\(registry.port)")))
    let instance = try await provider.register(
      Registration(service: "web", port: 80, checks: [HealthCheck(.ttl(.seconds(10)))]))
    try await provider.renew(instance, health: .passing, note: "")
    var reader = provider.watch("web").makeAsyncIterator()
    #expect(await reader.next()?.instances.map(\.id) == [instance.id])
    registry.advance(by: .seconds(11))
    #expect(await reader.next()?.instances == [])
  }

  @Test("takes ids and names that look like steps in a path", arguments: [".", "..", "...", ".a", "a/../b"])
  func dots(text: String) async throws {
    let registry = try TestServer()
    let provider = try ConsulDiscovery(ConsulSettings(address: ConsulAddress("127.0.0.1:\(registry.port)")))
    let service = text.contains("/") ? "web" : text
    let instance = try await provider.register(
      Registration(service: service, port: 80, host: "h", id: text, checks: [HealthCheck(.ttl(.seconds(10)))]))
    try await provider.renew(instance, health: .passing, note: "")
    #expect(try await provider.discover(service).map(\.id) == [text])
    var reader = provider.watch(service).makeAsyncIterator()
    #expect(await reader.next()?.instances.map(\.id) == [text])
    try await provider.deregister(instance)
    #expect(await reader.next()?.instances == [])
    #expect(try await provider.discover(service) == [])
    let gone = await #expect(throws: DiscoveryError.self) {
      try await provider.renew(instance, health: .passing, note: "")
    }
    #expect(gone?.code == .notRegistered)
  }

  @Test("that is not there is unavailable, with its address")
  func absent() async throws {
    let registry = try Mortal()
    let provider = try registry.provider()
    registry.stop()
    let error = await #expect(throws: DiscoveryError.self) { try await provider.discover("web") }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("127.0.0.1:\(registry.port)") == true)
  }

  @Test("whose answer is too long is answering nonsense")
  func tooLong() async throws {
    let registry = try TestServer()
    let provider = try ConsulDiscovery(
      ConsulSettings(address: ConsulAddress("127.0.0.1:\(registry.port)"), answerBytes: 100))
    try await provider.register(Registration(service: "web", port: 80, host: "h"))
    let error = await #expect(throws: DiscoveryError.self) { try await provider.discover("web") }
    #expect(error?.code == .invalidResponse)
  }
}
