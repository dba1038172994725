import MusterCatalog
import MusterDNS
import Testing

@testable import MusterRegistryDNS

@Suite("Sizes, case and bad packets")
struct PacketTests {
  /// 300 instances: 4,800 bytes of A records, and far more of SRV.
  static func world() throws -> World {
    let world = try World()
    for index in 0..<300 {
      try world.instance("web", "\(index)", "10.0.\(index / 250).\(index % 250)", port: 1_000 + index)
    }
    return world
  }

  @Test(
    "over UDP an answer has the size that the client takes, and what is cut is said to be",
    arguments: [(nil, 512), (100, 512), (512, 512), (1_232, 1_232), (4_096, 4_096), (65_535, 4_096)] as [(UInt16?, Int)]
  )
  func udp(offered: UInt16?, limit: Int) throws {
    let world = try Self.world()
    for type in [RecordType.a, .srv, .any] {
      let message = try #require(world.ask("web.service.consul", type, edns: offered))
      #expect(message.flags.contains(.truncated))
      #expect(message.edns?.payloadSize == (offered == nil ? nil : 4_096))
      var writer = PacketWriter()
      writer.start(id: 1, flags: [], questions: 1)
      writer.question(try #require(DomainName("web.service.consul")), type)
      if let offered { writer.addOption(payloadSize: offered, .noError) }
      let size = try #require(world.respond(writer.bytes)).count
      #expect(size <= limit && size > limit - 80)
    }
  }

  @Test("over TCP the whole answer is given, with the addresses of hosts beyond the reach of pointers")
  func tcp() throws {
    let world = try Self.world()
    #expect(try #require(world.ask("web.service.consul", over: .tcp)).answers.count == 300)
    let services = try #require(world.ask("web.service.consul", .srv, over: .tcp))
    #expect(!services.flags.contains(.truncated))
    #expect(services.answers.count == 300)
    #expect(services.additionals.count == 300)
    #expect(Set(services.additionals.map(\.words)).count == 300)
    let hosts = Set(services.additionals.map { "\($0.name) \($0.words)" })
    #expect(hosts.contains("0a000005.addr.dc1.consul. 10.0.0.5"))
  }

  @Test("of more instances than a packet can hold, some are given")
  func enormous() throws {
    let world = try World()
    for index in 0..<5_000 { try world.instance("web", "\(index)", "10.1.\(index / 250).\(index % 250)") }
    let message = try #require(world.ask("web.service.consul", over: .tcp))
    #expect(message.flags.contains(.truncated))
    #expect(message.answers.count == (65_535 - 36) / 16)
  }

  @Test("the answer repeats the question's letters, also when it is an answer that was kept")
  func letters() throws {
    let world = try World()
    try world.instance("web", "a", "10.0.0.1")
    for name in ["web.service.consul", "WEB.SERVICE.CONSUL", "wEb.sErViCe.CoNsUl"] {
      let message = try #require(world.ask(name))
      #expect(message.questions.map(\.name) == [DomainName(name)])
      #expect(message.answers.map(\.name) == [DomainName(name)])
    }
  }

  @Test("what can't be understood gets an answer that says so, or none")
  func malformed() throws {
    let world = try World()
    func code(_ packet: [UInt8]) -> ResponseCode? { world.respond(packet).flatMap { Message($0.span)?.responseCode } }
    #expect(code([]) == nil)
    #expect(code([UInt8](repeating: 0, count: 11)) == nil)
    #expect(code([0, 1, 0x81, 0, 0, 0, 0, 0, 0, 0, 0, 0]) == nil)
    #expect(code([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]) == .formatError)
    #expect(code([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1]) == .formatError)
    #expect(code([0, 1, 0x28, 0, 0, 0, 0, 0, 0, 0, 0, 0]) == .notImplemented)
  }

  @Test("classes other than the Internet's, zone transfers and unknown versions of EDNS are refused")
  func unsupported() throws {
    let world = try World()
    func code(_ type: UInt16, _ kind: UInt16, version: UInt8 = 0) -> ResponseCode? {
      var writer = PacketWriter()
      writer.start(id: 1, flags: [], questions: 1)
      writer.question(DomainName("consul") ?? .root, RecordType(rawValue: type), RecordClass(rawValue: kind))
      writer.addOption(payloadSize: 512, ResponseCode(rawValue: 0))
      var packet = writer.bytes
      packet[packet.count - 5] = version
      return world.respond(packet).flatMap { Message($0.span)?.responseCode }
    }
    #expect(code(6, 1) == .noError)
    #expect(code(6, 255) == .noError)
    #expect(code(6, 3) == .refused)
    #expect(code(6, 0) == .refused)
    #expect(code(252, 1) == .refused)
    #expect(code(251, 1) == .refused)
    #expect(code(41, 1) == .refused)
    #expect(code(0, 1) == .refused)
    #expect(code(6, 1, version: 1) == .badVersion)
  }

  @Test("random and damaged packets are answered or ignored, and every answer can be read")
  func random() throws {
    let world = try World()
    try world.instance("web", "a", "10.0.0.1", port: 80)
    var generator = AnswerRandom(seed: 7)
    var writer = PacketWriter()
    writer.start(id: 1, flags: [], questions: 1)
    writer.question(try #require(DomainName("web.service.consul")), .srv)
    writer.addOption(payloadSize: 1_232, .noError)
    var answered = 0
    for round in 0..<30_000 {
      var packet = writer.bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        packet[Int.random(in: 0..<packet.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      if round % 4 == 0 { packet.removeLast(Int.random(in: 0...packet.count, using: &generator)) }
      guard let answer = world.respond(packet) else { continue }
      answered += 1
      #expect(Message(answer.span) != nil, "\(packet)")
    }
    #expect(answered > 10_000)
  }
}
