import MusterTestSupport
import MusterThreading
import MusterThrift
import MusterThriftServer
import Testing

@Suite("A Thrift server")
struct ServingTests {
  @Test("answers in the dialect of the connection", arguments: SpokenThrift.dialects)
  func dialects(_ dialect: ThriftDialect) async throws {
    try await RunningServer.with { running in
      let speech = SpokenThrift(dialect)
      let connection = try running.connect()
      for (index, text) in ["", "größe 😀\n\"", String(repeating: "long ", count: 100_000)].enumerated() {
        connection.send(try speech.call("echo", text, Int32(index)))
        let answer = try #require(try speech.read(1, from: connection).first)
        #expect(answer.head == ThriftMessageHead("echo", .reply, sequenceID: Int32(index)))
        #expect(try answer.body(shapes: SpokenThrift.shapes)[0] == .string(text))
      }
    }
  }

  @Test("answers calls that arrive byte by byte, and many that arrive at once", arguments: SpokenThrift.dialects)
  func parts(_ dialect: ThriftDialect) async throws {
    try await RunningServer.with { running in
      let speech = SpokenThrift(dialect)
      let connection = try running.connect()
      for byte in try speech.call("echo", "slow", 7) { connection.send([byte]) }
      #expect(try speech.read(1, from: connection).first?.head.sequenceID == 7)
      var all: [UInt8] = []
      for index in 0..<2_000 { all += try speech.call("echo", "\(index)", Int32(index)) }
      connection.send(all)
      let answers = try speech.read(2_000, from: connection)
      #expect(answers.map(\.head.sequenceID) == Array(0..<2_000))
      #expect(try answers.last?.body(shapes: SpokenThrift.shapes)[0] == .string("1999"))
    }
  }

  @Test("lets calls of a connection run at the same time, and answers them in their order")
  func order() async throws {
    let gates = Gates()
    let handler = SpokenHandler { request in
      guard let text = try? SpokenHandler.text(of: request) else { return .unknown(method: "") }
      await gates.pass(text)
      return SpokenHandler.reply(text)
    }
    try await RunningServer.with(handler) { running in
      let speech = SpokenThrift(ThriftDialect(.compact, .framed))
      let connection = try running.connect()
      for (index, text) in ["a", "b", "c"].enumerated() {
        connection.send(try speech.call("wait", text, Int32(index)))
      }
      // Each is let through in the wrong order, which waits for ever unless all run.
      for text in ["c", "b", "a"] { gates.open(text) }
      #expect(try speech.read(3, from: connection).map(\.head.sequenceID) == [0, 1, 2])
    }
  }

  @Test("answers what it does not know with an exception, and goes on")
  func unknown() async throws {
    let settings = ThriftServerSettings()
    try await RunningServer.with(nil, services: ["calc": SpokenHandler()], settings: settings) { running in
      let speech = SpokenThrift(ThriftDialect(.binary, .unframed))
      let connection = try running.connect()
      let cases = [
        ("calc:fly", "unknown method \"fly\""), ("other:echo", "unknown service \"other\""),
        ("echo", "\"echo\" names no service; there are: calc"),
      ]
      for (name, message) in cases {
        connection.send(try speech.call(name))
        let answer = try #require(try speech.read(1, from: connection).first)
        #expect(answer.head.type == .exception)
        let exception = try answer.body(as: ThriftApplicationException.self)
        #expect(exception == ThriftApplicationException(.unknownMethod, message))
      }
      connection.send(try speech.call("calc:echo", "x"))
      let answer = try #require(try speech.read(1, from: connection).first)
      #expect(answer.head.name == "echo" && answer.head.type == .reply)
    }
  }

  @Test("answers arguments that can't be read with an exception, and goes on")
  func arguments() async throws {
    try await RunningServer.with { running in
      let speech = SpokenThrift(ThriftDialect(.binary, .framed))
      let connection = try running.connect()
      // A field of a type that there is not, in a frame that is all right.
      let bad: [UInt8] = [0, 0, 0, 20, 0x80, 1, 0, 1, 0, 0, 0, 4] + Array("echo".utf8) + [0, 0, 0, 5, 99, 0, 1, 0]
      connection.send(bad + (try speech.call("echo", "good", 6)))
      let answers = try speech.read(2, from: connection)
      #expect(answers.map(\.head.sequenceID) == [5, 6])
      #expect(answers.map(\.head.type) == [.exception, .reply])
      #expect(try answers[0].body(as: ThriftApplicationException.self).code == .protocolError)
    }
  }

  @Test("does not answer oneway calls, also those of old clients that send them like others")
  func oneway() async throws {
    let notes = Inbox<String>()
    let handler = SpokenHandler { request in
      notes.add((try? SpokenHandler.text(of: request)) ?? "")
      return request.isOneway ? .unknown(method: "") : .none
    }
    try await RunningServer.with(handler) { running in
      let speech = SpokenThrift(ThriftDialect(.binary, .unframed))
      let connection = try running.connect()
      connection.send(try speech.call("note", "one", 1, .oneway))
      connection.send(try speech.call("note", "two", 2))
      connection.send(try speech.call("echo", "three", 3))
      #expect(try speech.read(1, from: connection).first?.head.sequenceID == 3)
      #expect(Set(notes.next(2)) == ["one", "two"])
    }
  }

  @Test("answers what was sent before a client stopped sending")
  func halfClosed() async throws {
    try await RunningServer.with { running in
      let speech = SpokenThrift(ThriftDialect(.binary, .framed))
      let connection = try running.connect()
      connection.send(try speech.call("echo", "last words", 9))
      connection.finish()
      #expect(try speech.read(2, from: connection).map(\.head.sequenceID) == [9])
    }
  }
}
