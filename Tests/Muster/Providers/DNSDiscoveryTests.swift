import Muster
import MusterDNS
import MusterDiscoveryConformance
import Testing

@Suite("Services in DNS")
struct DNSDiscoveryTests {
  private let server: StubDNS

  init() throws {
    server = try StubDNS()
  }

  private func provider(timeout: Duration = .seconds(20)) throws -> DNSDiscovery {
    try DNSDiscovery(
      DNSDiscoverySettings(
        domain: "service.test", server: server.endpoint, period: .milliseconds(5), timeout: timeout))
  }

  private static func instances(_ ports: UInt16...) -> [Instance] {
    ports.map { Instance(id: "\($0)", service: "web", endpoint: Endpoint(host: "127.0.0.1", port: $0), weight: 3) }
  }

  @Test("keep every promise of a provider that only reads, also when the server stops to know")
  func conformance() async throws {
    let suite = Conformance(
      try provider(),
      source: .reader { name, instances in server.change { $0.services[name] = instances } },
      disturbance: .init(
        begin: { server.change { $0.code = .serverFailure } }, end: { server.change { $0.code = .noError } }),
      patience: .seconds(300))
    #expect(await suite.run() == [])
  }

  @Test(
    "are found in whatever way the answer comes",
    arguments: [
      { @Sendable _ in }, { $0.isCut = true }, { $0.hasNoAdditionals = true }, { $0.isForged = true },
      {
        $0.isCut = true
        $0.hasNoAdditionals = true
      },
    ] as [@Sendable (inout StubDNS.Behaviour) -> Void])
  func ways(change: @Sendable (inout StubDNS.Behaviour) -> Void) async throws {
    server.change {
      $0.services["web"] = Self.instances(80, 81)
      change(&$0)
    }
    // A cut answer about the address is asked for over TCP too.
    let found = try await provider().discover("web")
    #expect(found.map(\.id) == ["127.0.0.1:80", "127.0.0.1:81"])
    #expect(found.map(\.weight) == [3, 3])
  }

  @Test("of a higher priority number are left out")
  func priorities() async throws {
    server.change {
      $0.services["web"] = Self.instances(80, 81)
      $0.backups = 1
    }
    #expect(try await provider().discover("web").map(\.id) == ["127.0.0.1:80"])
  }

  @Test(
    "end in an error that says whether to try again",
    arguments: [
      (ResponseCode.serverFailure, DiscoveryError.Code.unavailable), (.refused, .refused), (.formatError, .refused),
    ])
  func codes(code: ResponseCode, expected: DiscoveryError.Code) async throws {
    server.change { $0.code = code }
    let error = await #expect(throws: DiscoveryError.self) { try await provider().discover("web") }
    #expect(error?.code == expected)
  }

  @Test("that are not there are no error")
  func nobody() async throws {
    server.change { $0.code = .nameError }
    #expect(try await provider().discover("web") == [])
  }

  @Test("of a server that is silent are unavailable, with its address")
  func silent() async throws {
    server.change { $0.isSilent = true }
    let error = await #expect(throws: DiscoveryError.self) {
      try await provider(timeout: .milliseconds(30)).discover("web")
    }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("\(server.endpoint)") == true)
  }

  @Test(
    "need settings that make sense",
    arguments: [
      DNSDiscoverySettings(domain: ""), DNSDiscoverySettings(domain: "a..b"),
      DNSDiscoverySettings(domain: String(repeating: "a", count: 64)),
      DNSDiscoverySettings(server: Endpoint(host: "localhost.example", port: 53)),
      DNSDiscoverySettings(server: Endpoint(host: "127.0.0.1", port: 0)),
      DNSDiscoverySettings(server: Endpoint(host: "127.0.0.1", port: 53), period: .zero),
      DNSDiscoverySettings(server: Endpoint(host: "127.0.0.1", port: 53), timeout: .seconds(3_601)),
    ])
  func settings(settings: DNSDiscoverySettings) {
    let error = #expect(throws: DiscoveryError.self) { try DNSDiscovery(settings) }
    #expect(error?.code == .invalidArgument)
  }

  @Test("can't have names that DNS has no place for", arguments: ["a.b", String(repeating: "a", count: 63)])
  func names(name: String) async throws {
    let error = await #expect(throws: DiscoveryError.self) { try await provider().discover(name) }
    #expect(error?.code == .invalidArgument)
  }
}
