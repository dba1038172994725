import MusterDNS
import Testing

@Suite("Reading whole messages")
struct MessageTests {
  @Test("pointers that loop, lead forward or form endless chains are refused")
  func loops() {
    let selfReference: [UInt8] = [0xC0, 12, 0, 1, 0, 1]
    let forward: [UInt8] = [0xC0, 14, 1, 0x61, 0, 0, 1, 0, 1]
    let throughItself: [UInt8] = [1, 0x61, 0xC0, 12, 0, 1, 0, 1]
    for rest in [selfReference, forward, throughItself] { #expect(Message(Packets.packet(rest)) == nil) }
    // A question whose type and class are pointers, then records that extend the chain by one each.
    var chain: [UInt8] = [0, 0, 1, 0, 1]
    for index in 0..<2_000 {
      let target = index == 0 ? 12 : 17 + 12 * (index - 1)
      chain += [0xC0 | UInt8(target >> 8), UInt8(target & 0xFF), 0, 99, 0, 1, 0, 0, 0, 0, 0, 0]
    }
    #expect(Message(Packets.packet(counts: [1, 100, 0, 0], Array(chain.prefix(5 + 1_200)))) != nil)
    #expect(Message(Packets.packet(counts: [1, 2_000, 0, 0], chain)) == nil)
  }

  @Test("a record whose length and content disagree is refused", arguments: [0, 3, 5])
  func lengths(length: UInt8) {
    let record: [UInt8] = [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, length, 1, 2, 3, 4]
    #expect(Message(Packets.packet(counts: [1, 1, 0, 0], Packets.question + record)) == nil)
  }

  @Test("packets that are random, or good ones that are damaged, are read or refused")
  func random() {
    var generator = SplitMix64(seed: 20_261)
    let good = Packets.query("web.service.consul", .srv, edns: 4_096)
    var outcomes = [0, 0, 0, 0]
    for round in 0..<50_000 {
      var packet = good
      if round % 5 == 0 {
        packet = (0..<Int.random(in: 0..<80, using: &generator)).map { _ in .random(in: 0...255, using: &generator) }
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          packet[Int.random(in: 0..<packet.count, using: &generator)] = .random(in: 0...255, using: &generator)
        }
        if round % 3 == 0 { packet.removeLast(Int.random(in: 0..<packet.count, using: &generator)) }
      }
      if Message(packet) != nil { outcomes[3] += 1 }
      switch Query.read(packet.span) {
      case .query(let query):
        outcomes[0] += 1
        #expect(query.questionEnd <= packet.count)
        var writer = PacketWriter()
        writer.begin(answering: query, in: packet.span, flags: query.flags.answering(.nameError), limit: 512)
        #expect(Message(writer.bytes)?.questions.first?.type == query.type)
      case .refuse: outcomes[1] += 1
      case .ignore: outcomes[2] += 1
      }
    }
    #expect(outcomes.allSatisfy { $0 > 1_000 })
  }
}
