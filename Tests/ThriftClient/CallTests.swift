import MusterBalancing
import MusterCalling
import MusterDiscovery
import MusterTestSupport
import MusterThreading
import MusterThriftClient
import MusterThriftServer
import Testing

@Suite("A Thrift client")
struct CallTests {
  @Test("calls in every dialect", arguments: SpokenThrift.dialects)
  func dialects(_ dialect: ThriftDialect) async throws {
    try await Scene.with([SpokenHandler()], connection: ThriftClientSettings(dialect: dialect)) { scene in
      for text in ["", "größe 😀", String(repeating: "long ", count: 300_000)] {
        let answer = try await scene.client.text("echo", text)
        #expect(answer == text)
      }
    }
  }

  @Test("calls one of several services on a connection")
  func multiplexed() async throws {
    let connection = ThriftClientSettings(service: "calc")
    try await Scene.with([SpokenHandler { _ in .none }], services: ["calc": SpokenHandler()], connection: connection) {
      let answer = try await $0.client.text("echo", "a")
      #expect(answer == "a")
    }
  }

  @Test("calls with types of a definition")
  func typed() async throws {
    let seen = Inbox<String>()
    let handler = SpokenHandler { request in
      do throws(ThriftError) {
        let text = try request.arguments(as: Text.self).text
        seen.add(text)
        return .result(Text(text: text + "!"))
      } catch {
        return .refusal(error)
      }
    }
    try await Scene.with([handler]) { scene in
      let answer = try await scene.client.call(ThriftMethod("shout"), Text(text: "hey"), returning: Text.self)
      #expect(answer.text == "hey!")
      try await scene.client.send(ThriftMethod("note", isOneway: true), Text(text: "quiet"))
      #expect(seen.next(2) == ["hey", "quiet"])
      await #expect(throws: ThriftClientError.self) {
        try await scene.client.call(ThriftMethod("note", isOneway: true), Text(text: ""), returning: Text.self)
      }
    }
  }

  @Test("throws what the service answers that the method does not declare, and does not call again")
  func exceptions() async throws {
    let count = Locked(0)
    let handler = SpokenHandler { request in
      count.withLock { $0 += 1 }
      return .unknown(method: request.method)
    }
    try await Scene.with([handler, handler]) { scene in
      let error = await #expect(throws: ThriftApplicationException.self) {
        try await scene.client.text("fly", isIdempotent: true)
      }
      #expect(error == ThriftApplicationException(.unknownMethod, "unknown method \"fly\""))
      #expect(count.withLock { $0 } == 1)
    }
  }

  @Test("keeps connections, uses no more than it may, and lets calls wait for one")
  func pool() async throws {
    let running = Locked((now: 0, most: 0))
    let handler = SpokenHandler { _ in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      await Task.yield()
      running.withLock { $0.now -= 1 }
      return SpokenHandler.reply("ok")
    }
    let connection = ThriftClientSettings(connectionsPerInstance: 3)
    // A connection that is one too many would be closed.
    let server = ThriftServerSettings(connectionLimit: 3)
    try await Scene.with([handler], connection: connection, server: server) { scene in
      try await withThrowingTaskGroup(of: String?.self) { group in
        for _ in 0..<500 { group.addTask { try await scene.client.text("work") } }
        for try await answer in group { #expect(answer == "ok") }
      }
      #expect(running.withLock { $0.most } <= 3)
    }
  }

  @Test("sends nothing on a connection that has died, and connects anew")
  func deadConnections() async throws {
    try await Scene.with(
      [SpokenHandler()], settings: CallSettings(deadline: nil, attemptTimeout: .seconds(600), maximumAttempts: 1),
      // Far from each other, however busy the machine: a call at the very moment of the end would be lost.
      server: ThriftServerSettings(idleTimeout: .seconds(1))
    ) { scene in
      for _ in 0..<2 {
        let answer = try await scene.client.text("echo", "a")
        #expect(answer == "a")
        try await Task.sleep(for: .seconds(3))
      }
    }
  }

  @Test("follows a registry")
  func discovery() async throws {
    let registry = InMemoryDiscovery()
    let server = try ThriftServer(SpokenHandler())
    let client = try ThriftClient("calc", settings: Scene.quick)
    defer { client.close() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await server.run() }
      group.addTask { await client.run(watching: registry) }
      _ = try await registry.register(Registration(service: "calc", port: server.port, host: "127.0.0.1"))
      while client.caller.balancer.status.isEmpty { await Task.yield() }
      let answer = try await client.text("echo", "found")
      #expect(answer == "found")
      group.cancelAll()
    }
  }

  @Test("finds hosts by their names")
  func names() async throws {
    try await Scene.with([SpokenHandler()]) { scene in
      let port = try #require(scene.servers.first?.port)
      let endpoint = Endpoint(host: "LOCALHOST", port: port)
      let instance = Instance(id: "a", service: "calc", endpoint: endpoint)
      scene.client.caller.update(Snapshot(service: "calc", instances: [instance]))
      let answer = try await scene.client.text("echo", "a")
      #expect(answer == "a")
    }
  }
}

/// A struct with a text as field 1.
private struct Text: ThriftCodable {
  var text = ""

  static let shapes = ThriftShapes(root: "Text", ["Text": [.init(1, "text", .string)]])

  init(text: String) { self.text = text }

  init<Reader: ThriftReader>(reading bytes: Span<UInt8>, with reader: inout Reader) throws(ThriftError) {
    try reader.enter()
    var id: Int16 = 0
    while let field = try reader.field(after: id, bytes) {
      id = field.id
      if field == ThriftFieldHead(id: 1, type: .string) {
        text = try reader.string(bytes)
      } else {
        try reader.skip(field.type, bytes)
      }
    }
    reader.leave()
  }

  func write<Writer: ThriftWriter>(to writer: inout Writer) throws(ThriftError) {
    writer.field(1, after: 0, .string)
    writer.string(text)
    writer.stop()
  }
}
