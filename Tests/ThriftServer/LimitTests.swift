import MusterTestSupport
import MusterThrift
import MusterThriftServer
import Testing

@Suite("A Thrift server's limits")
struct LimitTests {
  private let speech = SpokenThrift(ThriftDialect(.binary, .framed))

  @Test("close a connection that is one too many")
  func connections() async throws {
    try await RunningServer.with(settings: ThriftServerSettings(connectionLimit: 1)) { running in
      let first = try running.connect()
      first.send(try speech.call("echo"))
      #expect(try speech.read(1, from: first).count == 1)
      #expect(try running.connect().read() == nil)
      #expect(running.log.next()?.hasSuffix(" was refused: 1 connections are open, as many as may be") == true)
      first.send(try speech.call("echo"))
      #expect(try speech.read(1, from: first).count == 1)
    }
  }

  @Test("answer a call that is one too many with an exception")
  func calls() async throws {
    let gates = Gates()
    let handler = SpokenHandler { _ in
      await gates.pass("a")
      return SpokenHandler.reply("a")
    }
    try await RunningServer.with(handler, settings: ThriftServerSettings(callLimit: 1)) { running in
      let (first, second) = (try running.connect(), try running.connect())
      // Both are there before the answer to the second, which comes at once.
      first.send(try speech.call("wait", "", 1) + speech.call("wait", "", 2))
      second.send(try speech.call("wait", "", 3))
      let refused = try #require(try speech.read(1, from: second).first)
      #expect(
        try refused.body(as: ThriftApplicationException.self)
          == ThriftApplicationException(.internalError, "1 calls are under way, as many as may be"))
      gates.open("a")
      #expect(try speech.read(2, from: first).map(\.head.type) == [.reply, .exception])
    }
  }

  @Test("answer any number of calls that are too many, and may only run one after the other")
  func manyRefused() async throws {
    let begun = Inbox<Void>()
    let gates = Gates()
    let handler = SpokenHandler { _ in
      begun.add(())
      await gates.pass("a")
      return SpokenHandler.reply("a")
    }
    let settings = ThriftServerSettings(callsPerConnection: 1, callLimit: 1)
    try await RunningServer.with(handler, settings: settings) { running in
      let (first, second) = (try running.connect(), try running.connect())
      first.send(try speech.call("wait"))
      #expect(begun.next() != nil)
      // In as few pieces as possible: what arrives at once is dealt with at once.
      let small = SpokenThrift(ThriftDialect(.compact, .unframed))
      let call = try small.frame(ThriftMessageHead("a", .call, sequenceID: 1), ThriftStruct())
      second.send((0..<20_000).flatMap { _ in call })
      #expect(try small.read(20_000, from: second).count { $0.head.type == .exception } == 20_000)
      gates.open("a")
      #expect(try speech.read(1, from: first).count == 1)
    }
  }

  @Test("let a connection's calls run one after the other if it may only have one")
  func callsOfConnection() async throws {
    let begun = Inbox<String>()
    let gates = Gates()
    let handler = SpokenHandler { request in
      let text = (try? SpokenHandler.text(of: request)) ?? ""
      begun.add(text)
      await gates.pass(text)
      return SpokenHandler.reply(text)
    }
    try await RunningServer.with(handler, settings: ThriftServerSettings(callsPerConnection: 1)) { running in
      let connection = try running.connect()
      connection.send(try speech.call("wait", "a", 1) + speech.call("wait", "b", 2))
      #expect(begun.next() == "a")
      #expect(begun.count == 0)
      gates.open("a")
      #expect(begun.next() == "b")
      gates.open("b")
      #expect(try speech.read(2, from: connection).map(\.head.sequenceID) == [1, 2])
    }
  }

  @Test("close a connection that stops within a message, or is silent for too long")
  func time() async throws {
    let settings = ThriftServerSettings(idleTimeout: .milliseconds(50), messageTimeout: .milliseconds(50))
    try await RunningServer.with(settings: settings) { running in
      let idle = try running.connect()
      #expect(idle.read() == nil)
      #expect(running.log.count == 0)
      let stopped = try running.connect()
      stopped.send(Array(try speech.call("echo").dropLast()))
      #expect(stopped.read() == nil)
      #expect(running.log.next()?.contains(": a message of ") == true)
    }
  }

  @Test("do not let answers that nobody fetches pile up")
  func congestion() async throws {
    let size = 200_000
    let text = String(repeating: "x", count: size)
    let settings = ThriftServerSettings(callsPerConnection: 4, messageTimeout: .milliseconds(200))
    let handler = SpokenHandler { _ in SpokenHandler.reply(text) }
    try await RunningServer.with(handler, settings: settings) { running in
      let connection = try RawConnection(port: running.server.port, room: 16_384)
      for index in 0..<200 { connection.send(try speech.call("big", "", Int32(index))) }
      #expect(running.log.next()?.contains("the client does not fetch its answers") == true)
      #expect(try running.answers())
    }
  }

  @Test(
    "that make no sense are refused",
    arguments: [
      (ThriftServerSettings(connectionLimit: 0), "connectionLimit is 0; it must be at least 1"),
      (ThriftServerSettings(callsPerConnection: -1), "callsPerConnection is -1; it must be at least 1"),
      (ThriftServerSettings(messageTimeout: .zero), "messageTimeout is 0.0 seconds; it must be longer than 0"),
      (ThriftServerSettings(host: "nowhere"), "host is 'nowhere'; it must be an IP address or localhost"),
    ])
  func settings(_ settings: ThriftServerSettings, _ message: String) {
    let error = #expect(throws: ThriftServerError.self) { _ = try ThriftServer(nil, settings: settings) }
    #expect(error?.code == .invalidSettings)
    #expect(error?.message == message)
  }

  @Test("of the system are told")
  func addressInUse() async throws {
    try await RunningServer.with { running in
      let error = #expect(throws: ThriftServerError.self) {
        _ = try ThriftServer(nil, settings: ThriftServerSettings(port: running.server.port))
      }
      #expect(error?.code == .addressInUse)
    }
  }
}
