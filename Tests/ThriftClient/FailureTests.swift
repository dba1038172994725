import MusterBalancing
import MusterCalling
import MusterDiscovery
import MusterEventLoop
import MusterResilience
import MusterTestSupport
import MusterThreading
import MusterThriftClient
import MusterThriftServer
import Testing

@Suite("A Thrift call that fails")
struct FailureTests {
  private static let speech = SpokenThrift(ThriftDialect(.binary, .unframed))
  private static let once = CallSettings(deadline: nil, attemptTimeout: .seconds(600), maximumAttempts: 1)

  private static func client(
    _ ports: [UInt16], settings: CallSettings = once, limits: ThriftLimits = ThriftLimits()
  ) throws -> ThriftClient {
    let client = try ThriftClient("calc", settings: settings, connection: ThriftClientSettings(limits: limits))
    client.caller.update(Scene.snapshot(ports))
    return client
  }

  private static func frame(_ head: ThriftMessageHead, _ text: String = "x") -> [UInt8] {
    (try? speech.frame(head, ThriftStruct([ThriftField(0, .string(text))]))) ?? []
  }

  /// What is answered to a call with the number 1, and what is wrong with it.
  static let wrong: [(bytes: [UInt8], message: String)] = [
    (frame(ThriftMessageHead("echo", .reply, sequenceID: 2)), "an answer to the call 2, not to 1"),
    (frame(ThriftMessageHead("other", .reply, sequenceID: 1)), "an answer of \"other\", not of \"echo\""),
    (frame(ThriftMessageHead("echo", .call, sequenceID: 1)), "a message of the type call"),
    (Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), "a method's name has 1213486160 bytes"),
    (frame(ThriftMessageHead("echo", .reply, sequenceID: 1), String(repeating: "x", count: 3_000)), "at most 2000"),
    ([0x80, 1, 0, 2, 0, 0, 0, 1, 0x61, 0, 0, 0, 1, 0x0F, 0, 0, 8, 0x7F, 0xFF, 0xFF, 0xFF], "2147483647 elements"),
  ]

  @Test("because of what is answered ends its connection, not the next call", arguments: wrong)
  func wrongAnswer(_ bytes: [UInt8], _ message: String) async throws {
    let impostor = try Impostor { number, _, connection in
      connection.send(number == 0 ? bytes : Self.frame(ThriftMessageHead("echo", .reply, sequenceID: 2)))
    }
    let client = try Self.client([impostor.port], limits: ThriftLimits(messageSize: 2_000))
    defer { client.close() }
    let error = await #expect(throws: ThriftClientError.self) { try await client.text("echo") }
    #expect(error?.code == .invalidAnswer)
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
    #expect(error?.wasSent == true)
    let answer = try await client.text("echo")
    #expect(answer == "x")
  }

  @Test("because the connection ends tells where", arguments: [0, 1, 10, 20])
  func truncated(_ count: Int) async throws {
    let answer = Self.frame(ThriftMessageHead("echo", .reply, sequenceID: 1))
    let impostor = try Impostor { _, _, connection in
      connection.send(Array(answer.prefix(count)))
      connection.finishSending()
    }
    let client = try Self.client([impostor.port])
    defer { client.close() }
    let error = await #expect(throws: ThriftClientError.self) { try await client.text("echo") }
    #expect(error?.code == .disconnected)
    #expect(error?.message.contains("after \(count) bytes") == (count > 0))
    #expect(error?.wasSent == true)
  }

  @Test("because nobody is there was not sent")
  func nobody() async throws {
    let port = try ThriftServer(nil).port
    let client = try Self.client([port])
    defer { client.close() }
    let error = await #expect(throws: ThriftClientError.self) { try await client.text("echo") }
    #expect(error?.code == .notConnected)
    #expect(error?.wasSent == false)
  }

  @Test("because no answer comes ends in time, and with its connection")
  func timeout() async throws {
    let impostor = try Impostor { number, _, connection in
      if number > 0 { connection.send(Self.frame(ThriftMessageHead("echo", .reply, sequenceID: 2))) }
    }
    let settings = CallSettings(attemptTimeout: .milliseconds(50), maximumAttempts: 1)
    let client = try Self.client([impostor.port], settings: settings)
    defer { client.close() }
    let error = await #expect(throws: ThriftClientError.self) { try await client.text("echo") }
    #expect(error?.code == .timedOut)
    #expect(error?.wasSent == true)
    // Its own time would be too short where the machine is slow.
    let again = try? await client.text("echo")
    #expect(again == nil || again == "x")
    #expect(impostor.received.next(2).count == 2)
  }

  @Test("since a oneway call is answered ends at once, not in its time")
  func answeredOneway() async throws {
    let impostor = try Impostor { _, _, connection in
      connection.pause()
      connection.send(Self.frame(ThriftMessageHead("fire", .reply, sequenceID: 1)))
    }
    let settings = CallSettings(deadline: nil, attemptTimeout: .seconds(5), maximumAttempts: 1)
    let client = try Self.client([impostor.port], settings: settings)
    defer { client.close() }
    // More than the system takes, so that it is still being sent.
    let text = ThriftStruct([ThriftField(1, .string(String(repeating: "x", count: 32 << 20)))])
    let error = await #expect(throws: ThriftClientError.self) {
      try await client.send(ThriftMethod("fire", isOneway: true), text)
    }
    #expect(error?.code == .invalidAnswer)
    #expect(error?.wasSent == false)
  }

  @Test("because its task is cancelled ends at once, and with its connection")
  func cancelled() async throws {
    let impostor = try Impostor { _, _, _ in }
    let client = try Self.client([impostor.port])
    defer { client.close() }
    await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask { try await client.text("echo") }
      _ = await Task.detached { impostor.received.next() }.value
      group.cancelAll()
      await #expect(throws: CancellationError.self) { try await group.next() }
    }
  }

  @Test("because the client is closed says so, and so does every later one")
  func closed() async throws {
    let impostor = try Impostor { _, _, _ in }
    let client = try Self.client([impostor.port])
    await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask { try await client.text("echo") }
      _ = await Task.detached { impostor.received.next() }.value
      client.close()
      let error = await #expect(throws: ThriftClientError.self) { try await group.next() }
      #expect(error?.code == .closed)
    }
    let error = await #expect(throws: ThriftClientError.self) { try await client.text("echo") }
    #expect(error?.code == .closed)
  }

  @Test("on one instance is made again on another only if it was not delivered, or is idempotent")
  func retries() async throws {
    let impostor = try Impostor { _, _, connection in connection.close() }
    let nobody = try ThriftServer(nil).port
    try await Scene.with([SpokenHandler()]) { scene in
      let good = try #require(scene.servers.first?.port)
      let settings = CallSettings(
        policy: .roundRobin, deadline: nil, attemptTimeout: .seconds(600), backoff: .none, breaker: nil, outliers: nil)
      let client = try Self.client([good, nobody], settings: settings)
      defer { client.close() }
      for _ in 0..<10 {
        let answer = try await client.text("echo", "a")
        #expect(answer == "a")
      }
      client.caller.update(Scene.snapshot([good, impostor.port]))
      var failures = 0
      for _ in 0..<10 {
        let answer = try await client.text("echo", "a", isIdempotent: true)
        #expect(answer == "a")
        do {
          _ = try await client.text("echo", "a")
        } catch let error as ThriftClientError {
          #expect(error.code == .disconnected)
          failures += 1
        }
      }
      #expect(failures > 0)
    }
  }

  @Test("survives any noise that is answered")
  func noise() async throws {
    let bytes = Inbox<[UInt8]>()
    var random = SplitMix64(seed: 71)
    for _ in 0..<400 {
      var answer = Self.frame(ThriftMessageHead("echo", .reply, sequenceID: 1))
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        answer[Int.random(in: 0..<answer.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      bytes.add(answer)
    }
    let impostor = try Impostor { _, _, connection in
      guard bytes.count > 0, let next = bytes.next() else { return connection.close() }
      connection.send(next)
      connection.finishSending()
    }
    let client = try Self.client([impostor.port])
    defer { client.close() }
    while bytes.count > 0 { _ = try? await client.text("echo") }
    let error = await #expect(throws: ThriftClientError.self) { try await client.text("echo") }
    #expect(error?.code == .disconnected)
  }

  @Test(
    "because of a setting says which",
    arguments: [
      (ThriftClientSettings(connectionsPerInstance: 0), "connectionsPerInstance is 0; it must be at least 1"),
      (ThriftClientSettings(service: "a:b"), "service is 'a:b'; it must not be empty or contain ':'"),
      (ThriftClientSettings(dialect: ThriftDialect(.json, .header)), "THeader carries binary and compact, not json"),
      (ThriftClientSettings(idleTimeout: .seconds(-1)), "idleTimeout is -1.0 seconds; it must not be negative"),
    ])
  func settings(_ settings: ThriftClientSettings, _ message: String) {
    let error = #expect(throws: ThriftClientError.self) { _ = try ThriftClient("calc", connection: settings) }
    #expect(error?.code == .invalidSettings)
    #expect(error?.message == message)
  }
}
