import MusterCatalog
import MusterDNS
import Testing

@testable import MusterRegistryDNS

@Suite("A server with sockets", .serialized)
struct ServerTests {
  /// A world of 100 instances of `web` and a server of it.
  private func serve(_ change: (inout DNSSettings) -> Void = { _ in }) throws -> (World, DNSServer) {
    var settings = DNSSettings()
    settings.port = 0
    settings.node = "here"
    change(&settings)
    let world = try World(settings)
    for index in 1...100 { try world.instance("web", "\(index)", "10.0.0.\(index)") }
    return (world, try DNSServer(registry: world.registry, settings: settings) { _ in })
  }

  @Test(
    "queries are answered over UDP and TCP, on IPv4 and IPv6", arguments: ["127.0.0.1", "::1", "localhost"], [1, 3])
  func transports(host: String, threads: Int) throws {
    let (world, server) = try serve {
      $0.host = host
      $0.threads = threads
    }
    defer { server.stop() }
    let isIPv6 = host == "::1"
    for id in 1...UInt16(20) {
      let udp = try Client(.udp, port: server.address.port, isIPv6: isIPv6)
      let answer = try #require(udp.ask("web.service.consul", id: id))
      #expect(answer.id == id && answer.flags.contains(.truncated) && answer.answers.count == 29)
      let tcp = try Client(.tcp, port: server.address.port, isIPv6: isIPv6)
      let whole = try #require(tcp.ask("web.service.consul", id: id, framed: true))
      #expect(whole.id == id && !whole.flags.contains(.truncated) && whole.answers.count == 100)
    }
    #expect(server.counts.udpQueries == 20)
    #expect(server.counts.tcpQueries == 20)
    withExtendedLifetime(world) {}
  }

  @Test("a change shows in the next answer, on every thread")
  func changes() throws {
    let (world, server) = try serve { $0.threads = 3 }
    defer { server.stop() }
    let clients = try (0..<12).map { _ in try Client(.udp, port: server.address.port) }
    for round in 1...UInt8(20) {
      try world.instance("changing", "a", "10.1.1.\(round)")
      for client in clients {
        #expect(client.ask("changing.service.consul")?.answers.map(\.words) == ["10.1.1.\(round)"])
      }
    }
  }

  @Test("queries that are sent together over TCP are answered in order, however they are cut")
  func pipelining() throws {
    let (world, server) = try serve()
    defer { server.stop() }
    let client = try Client(.tcp, port: server.address.port)
    let queries = (0..<500).flatMap { Client.query("web.service.consul", .srv, id: $0, isFramed: true) }
    var sent = 0
    for size in [1, 1, 1, 40, 3, 1_000] {
      client.send(Array(queries[sent..<sent + size]))
      sent += size
    }
    client.send(Array(queries[sent...]))
    for id in 0..<UInt16(500) {
      let message = client.receiveFrame().flatMap { Message($0.span) }
      #expect(message?.id == id)
      #expect(message?.answers.count == 100)
    }
    withExtendedLifetime(world) {}
  }

  @Test(
    "a connection that is silent, or never finishes a query, is closed",
    arguments: [[], [0], [0, 40, 1, 2]] as [[UInt8]])
  func idle(bytes: [UInt8]) throws {
    let (world, server) = try serve { $0.limits.tcpIdle = .milliseconds(300) }
    defer { server.stop() }
    let client = try Client(.tcp, port: server.address.port)
    client.send(bytes)
    #expect(client.receive() == [])
    withExtendedLifetime(world) {}
  }

  @Test("a connection that sends something else than queries is closed")
  func garbage() throws {
    let (world, server) = try serve()
    defer { server.stop() }
    for bytes in [
      [0, 0], [0, 4, 1, 2, 3, 4], Array("GET / HTTP/1.1\r\n\r\n".utf8) + [UInt8](repeating: 0, count: 30_000),
    ] {
      let client = try Client(.tcp, port: server.address.port)
      client.send(bytes)
      #expect(client.receive() == [])
    }
    #expect(server.counts.malformed == 3)
    withExtendedLifetime(world) {}
  }

  @Test("a thousand connections that say nothing keep nobody out")
  func crowd() throws {
    let (world, server) = try serve { $0.limits.tcpConnections = 10 }
    defer { server.stop() }
    let crowd = try (0..<300).map { _ in try Client(.tcp, port: server.address.port) }
    let client = try Client(.tcp, port: server.address.port)
    #expect(client.ask("web.service.consul", framed: true)?.answers.count == 100)
    #expect(server.counts.tcpConnections <= 10)
    #expect(crowd.first?.receive() == [])
    withExtendedLifetime(world) {}
  }

  @Test("packets that are no queries get no answer, and do no harm")
  func malformed() throws {
    let (world, server) = try serve()
    defer { server.stop() }
    let client = try Client(.udp, port: server.address.port)
    for bytes in [[1], [UInt8](repeating: 0xFF, count: 2_000), [UInt8](repeating: 0, count: 11)] { client.send(bytes) }
    #expect(client.ask("web.service.consul")?.answers.count == 29)
    #expect(server.counts.malformed == 3)
    withExtendedLifetime(world) {}
  }

  @Test("a port in use is refused with a message that says so", arguments: [1, 2])
  func inUse(threads: Int) throws {
    let (world, server) = try serve { $0.threads = threads }
    defer { server.stop() }
    var settings = DNSSettings()
    settings.port = server.address.port
    settings.threads = threads
    let error = #expect(throws: DNSServerError.self) {
      _ = try DNSServer(registry: world.registry, settings: settings) { _ in }
    }
    #expect(error?.code == .addressInUse)
    #expect(error?.message.contains("127.0.0.1:\(server.address.port)") == true)
    server.stop()
    let second = try DNSServer(registry: world.registry, settings: settings) { _ in }
    second.stop()
  }

  struct BadSetting: CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout DNSSettings) -> Void
    var code = DNSServerError.Code.invalidSetting

    init(
      _ says: String, code: DNSServerError.Code = .invalidSetting,
      _ change: @escaping @Sendable (inout DNSSettings) -> Void
    ) {
      (testDescription, self.change, self.code) = (says, change, code)
    }
  }

  static let badSettings = [
    BadSetting("threads is 0") { $0.threads = 0 },
    BadSetting("threads is 65; it must be 1 to 64") { $0.threads = 65 },
    BadSetting("udpPayload is 511") { $0.limits.udpPayload = 511 },
    BadSetting("tcpConnections is 0") { $0.limits.tcpConnections = 0 },
    BadSetting("tcpIdle is 0.0 seconds") { $0.limits.tcpIdle = .zero },
    BadSetting("ttl is -1.0 seconds") { $0.ttl = .seconds(-1) },
    BadSetting("'example.com:53' is not a server") { $0.recursor = .init(host: "example.com") },
    BadSetting("'127.0.0.1:0' is not a server") { $0.recursor = .init(host: "127.0.0.1", port: 0) },
    BadSetting("'0.0.0.0:53' is not a server") { $0.recursor = .init(host: "0.0.0.0") },
    BadSetting("'example.com' is not an IP address", code: .addressNotAvailable) { $0.host = "example.com" },
    BadSetting("192.0.2.1:0 (UDP): this machine has no such address", code: .addressNotAvailable) {
      $0.host = "192.0.2.1"
    },
  ]

  @Test("a setting that makes no sense is refused with its value and what is allowed", arguments: badSettings)
  func badSetting(_ bad: BadSetting) throws {
    let error = #expect(throws: DNSServerError.self) { _ = try serve(bad.change) }
    #expect(error?.code == bad.code)
    #expect(error?.message.contains(bad.testDescription) == true)
  }

  @Test("a server that is stopped lets its port go, and stopping again does nothing")
  func stops() throws {
    let (world, server) = try serve()
    let client = try Client(.tcp, port: server.address.port)
    #expect(client.ask("web.service.consul", framed: true) != nil)
    server.stop()
    server.stop()
    #expect(client.receive() == [])
    #expect(throws: Client.Failure.self) { _ = try Client(.tcp, port: server.address.port) }
    withExtendedLifetime(world) {}
  }
}
