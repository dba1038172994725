import MusterDiscovery
import MusterTestSupport
import MusterThreading
import MusterThrift
import Testing

@testable import MusterProxy

@Suite("A client of a proxy", .serialized)
struct ClientLimitTests {
  private static let speech = SpokenThrift(ThriftDialect(.binary, .framed))

  /// A proxy before a server, a client connected to it, and what it logs.
  private func with(
    _ server: LabServer, change: (inout ProxySettings) -> Void = { _ in },
    _ body: (RawConnection, Inbox<String>) throws -> Void
  ) async throws {
    let discovery = InMemoryDiscovery()
    try await discovery.register(Registration(service: "lab", port: server.port, host: "127.0.0.1", id: "lab"))
    var settings = ProxySettings(service: "lab", listen: ("127.0.0.1", 0))
    change(&settings)
    let log = Inbox<String>()
    let proxy = try Proxy([settings], discovery: discovery) { if $0 == .warning { log.add($1) } }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await proxy.follow() }
      let address = try proxy.start(within: .seconds(20))[0].address
      let port = try #require(address.split(separator: ":").last.flatMap { UInt16($0) })
      defer {
        proxy.stop()
        server.stop()
        group.cancelAll()
      }
      try body(RawConnection(port: port, patience: .seconds(20), room: 16_384), log)
    }
  }

  @Test("has no more oneway calls under way than others")
  func oneway() async throws {
    let server = try LabServer()
    try await with(server, change: { $0.limits.pipelinedCalls = 8 }) { client, _ in
      client.send(try (0..<400).flatMap { try Self.speech.call("fire", "", $0, .oneway) })
      client.send(try Self.speech.call("add", "", 400))
      client.finish()
      #expect(!client.readAll().isEmpty)
      let names = (0..<401).compactMap { _ in server.calls.takeAll(upTo: 1, until: .now + .seconds(20)).first }
      #expect(Set(names).count == 401)
      #expect(server.connections.withLock { $0 } <= 9)
    }
  }

  @Test("that does not fetch its answers is not waited for, and named")
  func unfetched() async throws {
    let answer = try Self.speech.frame(
      ThriftMessageHead("add", .reply, sequenceID: 7),
      ThriftStruct([ThriftField(0, .string(String(repeating: "x", count: 1 << 20)))]))
    let server = try LabServer(.bytes(answer))
    try await with(server, change: { $0.limits.messageTime = .milliseconds(200) }) { client, log in
      client.send(try (0..<8).flatMap { _ in try Self.speech.call("add", "", 7) })
      let line = try #require(log.next())
      #expect(line.hasPrefix("lab: client at 127.0.0.1:"), "\(line)")
      #expect(line.contains("does not fetch its answers"), "\(line)")
    }
  }

  @Test("that sends what is no call is named")
  func named() async throws {
    try await with(LabServer()) { client, log in
      client.send("GET / HTTP/1.1\r\n\r\n")
      #expect(client.read() == nil)
      #expect(log.next()?.hasPrefix("lab: client at 127.0.0.1:") == true)
    }
  }
}
