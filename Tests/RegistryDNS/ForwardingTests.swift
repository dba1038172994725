import MusterCatalog
import MusterDNS
import MusterThreading
import Testing

@testable import MusterRegistryDNS

@Suite("Forwarding other names", .serialized)
struct ForwardingTests {
  private func serve(_ body: (World, DNSServer) throws -> Void, _ change: (inout DNSSettings) -> Void = { _ in }) throws
  {
    let recursor = try StubRecursor()
    defer { recursor.stop() }
    var settings = DNSSettings()
    settings.port = 0
    settings.recursor = .init(host: "127.0.0.1", port: recursor.port)
    // Those that are answered are not to be given up on because the machine is busy.
    settings.limits.forwardTimeout = .seconds(30)
    change(&settings)
    let world = try World(settings)
    try world.instance("web", "a", "10.0.0.1")
    let server = try DNSServer(registry: world.registry, settings: settings) { _ in }
    defer { server.stop() }
    try body(world, server)
  }

  @Test("a name of another domain is answered by the recursor, over UDP and TCP", arguments: [false, true])
  func forwarded(overTCP: Bool) throws {
    try serve { _, server in
      let client = try Client(overTCP ? .tcp : .udp, port: server.address.port)
      for id in 0..<UInt16(50) {
        let message = try #require(client.ask("Example.COM", id: id, framed: overTCP))
        #expect(message.id == id)
        #expect(message.answers.map(\.words) == ["192.0.2.0"])
        #expect(message.flags.contains(.recursionAvailable) && !message.flags.contains(.authoritative))
      }
      #expect(client.ask("web.service.consul", framed: overTCP)?.answers.map(\.words) == ["10.0.0.1"])
      #expect(server.counts.forwarded == 50)
    }
  }

  @Test("an answer that is cut is given on as it is over UDP, and asked for again for a client over TCP")
  func truncated() throws {
    try serve { _, server in
      let udp = try Client(.udp, port: server.address.port)
      #expect(try #require(udp.ask("long.example")).flags.contains(.truncated))
      let tcp = try Client(.tcp, port: server.address.port)
      let message = try #require(tcp.ask("long.example", id: 77, framed: true))
      #expect(message.id == 77 && message.answers.count == 200 && !message.flags.contains(.truncated))
    }
  }

  @Test("answers to other questions, or under other numbers, are passed over")
  func forged() throws {
    try serve { _, server in
      let client = try Client(.udp, port: server.address.port)
      let message = try #require(client.ask("forged.example"))
      #expect(message.answers.map(\.name) == [DomainName("forged.example")])
      #expect(message.flags.contains(.response))
    }
  }

  @Test(
    "a recursor that is silent is a failure after the timeout, and holds up nothing else", arguments: [false, true])
  func silent(overTCP: Bool) throws {
    try serve { _, server in
      let waiting = try Client(overTCP ? .tcp : .udp, port: server.address.port)
      waiting.send(Client.query("silent.example", id: 5, isFramed: overTCP))
      let client = try Client(.udp, port: server.address.port)
      #expect(client.ask("web.service.consul")?.answers.count == 1)
      let packet = overTCP ? waiting.receiveFrame() : waiting.receive()
      let message = try #require(packet.flatMap { Message($0.span) })
      #expect(message.responseCode == .serverFailure)
      #expect(message.id == 5)
      #expect(server.counts.forwardFailures == 1)
    } _: {
      $0.limits.forwardTimeout = .milliseconds(300)
    }
  }

  @Test("more queries than may wait fail at once")
  func bounded() throws {
    try serve { _, server in
      let client = try Client(.udp, port: server.address.port)
      for id in 0..<UInt16(10) { client.send(Client.query("silent.example", id: id)) }
      var failed: Set<UInt16> = []
      while failed.count < 10, let packet = client.receive(), let message = Message(packet.span) {
        #expect(message.responseCode == .serverFailure)
        failed.insert(message.id)
      }
      #expect(failed.count == 10)
      #expect(server.counts.forwarded == 4)
      #expect(server.counts.forwardFailures == 10)
    } _: {
      $0.limits.forwardedQueries = 4
      $0.limits.forwardTimeout = .milliseconds(300)
    }
  }

  @Test("a server that would forward to itself does not start")
  func itself() throws {
    let world = try World()
    let first = try DNSServer(registry: world.registry, settings: World.free) { _ in }
    first.stop()
    var settings = World.free
    settings.port = first.address.port
    settings.recursor = .init(host: "127.0.0.1", port: first.address.port)
    let error = #expect(throws: DNSServerError.self) {
      _ = try DNSServer(registry: world.registry, settings: settings) { _ in }
    }
    #expect(error?.message.contains("is this server itself") == true)
  }
}

extension World {
  /// Settings for any free port.
  static var free: DNSSettings {
    var settings = DNSSettings()
    settings.port = 0
    return settings
  }
}
