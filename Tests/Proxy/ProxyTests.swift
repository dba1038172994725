import MusterBalancing
import MusterCalling
import MusterDiscovery
import MusterEventLoop
import MusterResilience
import MusterThreading
import MusterThrift
import Testing

@testable import MusterProxy

@Suite("A proxy", .serialized)
struct ProxyTests {
  private static func call(_ name: String, _ number: Int32, _ type: ThriftMessageType = .call) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let start = try ThriftFraming.framed.beginFrame(in: &bytes)
    let body = ThriftStruct([ThriftField(1, .string("argument"))])
    try ThriftMessage(ThriftMessageHead(name, type, sequenceID: number), body).write(to: &bytes, as: .binary)
    try ThriftFraming.framed.endFrame(at: start, in: &bytes)
    return bytes
  }

  private static func reply(_ call: [UInt8]) -> [UInt8] {
    var reply = call
    reply[7] = 2
    return reply
  }

  /// What a proxy before these servers does, with a client connected to it.
  private func with(
    _ servers: [LabServer], change: (inout ProxySettings) throws -> Void = { _ in },
    _ body: (LabClient, Proxy, InMemoryDiscovery) async throws -> Void
  ) async throws {
    let discovery = InMemoryDiscovery()
    for server in servers { try await discovery.register(registration(server)) }
    var settings = ProxySettings(service: "lab", listen: ("127.0.0.1", 0))
    settings.calls.deadline = .seconds(20)
    try change(&settings)
    let proxy = try Proxy([settings], discovery: discovery) { _, _ in }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await proxy.follow() }
      let address = try proxy.start(within: .seconds(20))[0].address
      let client = try LabClient(address)
      defer {
        client.stop()
        proxy.stop()
        for server in servers { server.stop() }
        group.cancelAll()
      }
      try await body(client, proxy, discovery)
    }
  }

  private func registration(_ server: LabServer) -> Registration {
    Registration(service: "lab", port: server.port, host: "127.0.0.1", id: "lab-\(server.port)")
  }

  @Test("calls that are sent at once are answered in their order, by all instances")
  func pipelining() async throws {
    let servers = try (0..<3).map { _ in try LabServer() }
    try await with(servers) { client, proxy, _ in
      let calls = try (0..<500).map { try Self.call("add", $0) }
      client.send(calls.flatMap { $0 })
      let wanted = calls.flatMap(Self.reply)
      #expect(client.gather(wanted.count) == wanted)
      #expect(servers.allSatisfy { $0.calls.count > 0 })
      #expect(servers.reduce(0) { $0 + $1.calls.count } == 500)
      #expect(proxy.metrics.contains("muster_proxy_calls_total{service=\"lab\"} 500\n"))
    }
  }

  @Test("a call that was never delivered goes elsewhere; a dead instance is no trouble")
  func neverDelivered() async throws {
    let (dead, well) = (try LabServer(), try LabServer())
    dead.stop()
    try await with([dead, well]) { client, proxy, _ in
      for number in 0..<20 as Range<Int32> {
        let call = try Self.call("once", number)
        client.send(call)
        #expect(client.gather(call.count) == Self.reply(call))
      }
      #expect(well.calls.count == 20)
      #expect(proxy.metrics.contains("muster_proxy_failures_total{service=\"lab\"} 0\n"))
    }
  }

  @Test("a call that may have been carried out is repeated only if it is idempotent", arguments: [true, false])
  func mayHaveBeenCarriedOut(isIdempotent: Bool) async throws {
    let (bad, well) = (try LabServer(.hangUp), try LabServer())
    try await with(
      [bad, well],
      change: {
        $0.calls.policy = .roundRobin
        if isIdempotent { $0.idempotent = [try MethodPattern("a*")] }
      }
    ) { client, _, _ in
      var failures = 0
      for number in 0..<4 as Range<Int32> {
        let call = try Self.call("add", number)
        client.send(call)
        let answer = client.gather(call.count)
        if answer == Self.reply(call) { continue }
        failures += 1
        #expect(String(decoding: answer, as: UTF8.self).contains("it may have been carried out and is not idempotent"))
      }
      #expect(failures == (isIdempotent ? 0 : 2))
      #expect(isIdempotent ? well.calls.count == 4 : bad.calls.count + well.calls.count == 4)
    }
  }

  @Test("a silent instance is given up, and the call goes elsewhere if it may")
  func silence() async throws {
    let (bad, well) = (try LabServer(.silence), try LabServer())
    try await with(
      [bad, well],
      change: {
        $0.calls.policy = .roundRobin
        $0.calls.attemptTimeout = .milliseconds(100)
        $0.idempotent = [try MethodPattern("*")]
      }
    ) { client, _, _ in
      for number in 0..<6 as Range<Int32> {
        let call = try Self.call("add", number)
        client.send(call)
        #expect(client.gather(call.count) == Self.reply(call))
      }
      #expect(bad.calls.count > 0)
    }
  }

  @Test("a late call is also sent to a second instance, and the first answer counts")
  func hedging() async throws {
    let (late, well) = (try LabServer(), try LabServer())
    try await with(
      [late, well],
      change: {
        $0.calls.policy = .roundRobin
        $0.calls.hedge = HedgePolicy.Settings(
          minimumSamples: 1, minimumDelay: .milliseconds(20), maximumDelay: .milliseconds(20))
        $0.calls.attemptTimeout = .seconds(20)
        $0.idempotent = [try MethodPattern("*")]
      }
    ) { client, proxy, _ in
      for number in 0..<6 as Range<Int32> {
        if number == 2 { late.manner.withLock { $0 = .silence } }
        let call = try Self.call("add", number)
        client.send(call)
        #expect(client.gather(call.count) == Self.reply(call))
      }
      #expect(!proxy.metrics.contains("muster_proxy_hedges_total{service=\"lab\"} 0\n"))
      #expect(proxy.metrics.contains("muster_proxy_failures_total{service=\"lab\"} 0\n"))
    }
  }

  @Test("an answer with the wrong sequence id is nobody's, and its connection ends")
  func wrongSequence() async throws {
    let server = try LabServer(.bytes(Self.reply(Self.call("add", 99))))
    try await with([server]) { client, proxy, _ in
      client.send(try Self.call("add", 1))
      let answer = String(decoding: client.gather(60), as: UTF8.self)
      #expect(answer.contains("sequence id 99, not 1"))
      #expect(proxy.metrics.contains("muster_proxy_faults_total{service=\"lab\"} 1\n"))
    }
  }

  @Test("a oneway call is sent once and answered by nobody, and the next call is answered")
  func oneway() async throws {
    let server = try LabServer()
    try await with([server]) { client, _, _ in
      let call = try Self.call("add", 2)
      client.send(try Self.call("note", 1, .oneway) + call)
      #expect(client.gather(call.count) == Self.reply(call))
      let calls = server.calls.takeAll(upTo: 10, until: nil) + server.calls.takeAll(upTo: 10, until: .now)
      #expect(calls.sorted() == ["add 2", "note 1"])
    }
  }

  @Test("who is there is followed, and a caller is told when nobody is")
  func following() async throws {
    let (first, second) = (try LabServer(), try LabServer())
    try await with([first]) { client, _, discovery in
      let call = try Self.call("add", 1)
      client.send(call)
      #expect(client.gather(call.count) == Self.reply(call))
      let instance = try #require(try await discovery.discover("lab").first)
      try await discovery.deregister(instance)
      // A change takes its time to arrive.
      var answer: [UInt8] = []
      let end = ContinuousClock.now + .seconds(20)
      repeat {
        client.send(call)
        answer = client.gather(call.count)
      } while answer == Self.reply(call) && ContinuousClock.now < end
      #expect(String(decoding: answer, as: UTF8.self).contains("muster proxy: lab: add: there are no instances"))
      try await discovery.register(registration(second))
      repeat {
        client.send(call)
        answer = client.gather(call.count)
      } while answer != Self.reply(call) && ContinuousClock.now < end
      #expect(second.calls.count > 0)
    }
  }

  @Test("random bytes end their own connection only", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func randomBytes(seed: UInt64) async throws {
    let server = try LabServer()
    try await with([server], change: { $0.limits.messageTime = .milliseconds(200) }) { client, proxy, _ in
      var random = SplitMix64(seed: seed)
      let call = try Self.call("add", 1)
      client.send(call)
      #expect(client.gather(call.count) == Self.reply(call))
      for round in 0..<5 {
        var bytes = try Self.call("add", 2)
        for _ in 0...round {
          bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
        }
        // Whether it was understood, refused or waited for, it is only this connection's.
        let other = try LabClient("127.0.0.1:\(Self.port(of: proxy))")
        other.send(bytes)
        _ = other.gather(1)
        other.stop()
      }
      client.send(call)
      #expect(client.gather(call.count) == Self.reply(call))
      server.stop()
    }
  }

  private static func port(of proxy: Proxy) -> UInt16 { proxy.listening.first?.port ?? 0 }

  @Test("draining lets a call finish, refuses others, and ends")
  func draining() async throws {
    let server = try LabServer(.silence)
    try await with([server]) { client, proxy, _ in
      let call = try Self.call("add", 1)
      client.send(call)
      _ = server.calls.takeAll(upTo: 1, until: .now + .seconds(20))
      #expect(!proxy.drain(within: .milliseconds(50)))
      server.stop()
      #expect(proxy.drain(within: .seconds(20)))
      #expect(!client.gather(1).isEmpty)
    }
  }

  @Test(
    "settings that make no sense are refused",
    arguments: [
      { $0.listen.host = "nowhere.example" }, { $0.service = "a b" }, { $0.limits.connections = 0 },
      { $0.upstream.connectTimeout = .zero }, { $0.calls.maximumAttempts = 0 }, { $0.limits.messageSize = 1 },
      { $0.calls.deadline = .zero },
    ] as [@Sendable (inout ProxySettings) -> Void])
  func badSettings(change: @Sendable (inout ProxySettings) -> Void) {
    var settings = ProxySettings(service: "lab", listen: ("127.0.0.1", 0))
    change(&settings)
    let error = #expect(throws: ProxyError.self) {
      _ = try Proxy([settings], discovery: InMemoryDiscovery()) { _, _ in }
    }
    #expect(error?.code == .badSetting)
  }
}
