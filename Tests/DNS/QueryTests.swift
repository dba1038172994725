import MusterDNS
import Testing

@Suite("Reading queries")
struct QueryTests {
  @Test("a query is read with its question and what it says with EDNS")
  func wellFormed() throws {
    let packet = Packets.query("Web.service.consul", .srv, id: 7, edns: 1_232)
    guard case .query(let query) = Query.read(packet.span) else {
      Issue.record("it was not read")
      return
    }
    #expect(query.id == 7)
    #expect(query.type == .srv)
    #expect(query.recordClass == .internet)
    #expect(query.nameLength == 20)
    #expect(query.questionEnd == 36)
    #expect(query.edns?.payloadSize == 1_232)
    #expect(query.edns?.version == 0)
    #expect(query.flags == .recursionDesired)
  }

  struct Bad: CustomTestStringConvertible {
    let what: String
    let packet: [UInt8]
    var code: ResponseCode? = .formatError
    var testDescription: String { what }
  }

  static let bad = [
    Bad(what: "nothing", packet: [], code: nil),
    Bad(what: "half a header", packet: Array(Packets.packet().prefix(11)), code: nil),
    Bad(what: "an answer", packet: Packets.packet(flags: 0x8180, Packets.question), code: nil),
    Bad(what: "an answer that is malformed", packet: Packets.packet(flags: 0x8180), code: nil),
    Bad(what: "a header alone", packet: Packets.packet()),
    Bad(what: "no question", packet: Packets.packet(counts: [0, 0, 0, 0])),
    Bad(what: "two questions", packet: Packets.packet(counts: [2, 0, 0, 0], Packets.question + Packets.question)),
    Bad(what: "65,535 questions", packet: Packets.packet(counts: [65_535, 0, 0, 0], Packets.question)),
    Bad(what: "an answer in a query", packet: Packets.packet(counts: [1, 1, 0, 0], Packets.question)),
    Bad(what: "an authority in a query", packet: Packets.packet(counts: [1, 0, 1, 0], Packets.question)),
    Bad(what: "no type", packet: Packets.packet(Array(Packets.question.dropLast(4)))),
    Bad(what: "half a class", packet: Packets.packet(Array(Packets.question.dropLast(1)))),
    Bad(what: "a byte too many", packet: Packets.packet(Packets.question + [0])),
    Bad(what: "a name without an end", packet: Packets.packet([1, 0x61, 1, 0x62])),
    Bad(what: "a label that is longer than the packet", packet: Packets.packet([63, 0x61, 0, 0, 1, 0, 1])),
    Bad(
      what: "a label of 64 bytes", packet: Packets.packet([64] + [UInt8](repeating: 0x61, count: 64) + [0, 0, 1, 0, 1])),
    Bad(what: "a label of a kind that is not in use", packet: Packets.packet([0x80, 0x61, 0, 0, 1, 0, 1])),
    Bad(what: "a name that points to itself", packet: Packets.packet([0xC0, 12, 0, 1, 0, 1])),
    Bad(what: "a name that points into the header", packet: Packets.packet([0xC0, 0, 0, 1, 0, 1])),
    Bad(
      what: "a name of 256 bytes",
      packet: Packets.packet([UInt8](repeating: 1, count: 254) + [0, 0, 0, 1, 0, 1])),
    Bad(
      what: "two OPT records",
      packet: Packets.packet(counts: [1, 0, 0, 2], Packets.question + Packets.option + Packets.option)),
    Bad(
      what: "an OPT record with a name",
      packet: Packets.packet(counts: [1, 0, 0, 1], Packets.question + [1, 0x61] + Packets.option)),
    Bad(
      what: "an OPT record that is cut",
      packet: Packets.packet(counts: [1, 0, 0, 1], Packets.question + Packets.option.dropLast())),
    Bad(
      what: "options that are longer than the packet",
      packet: Packets.packet(counts: [1, 0, 0, 1], Packets.question + Packets.option.dropLast() + [9])),
    Bad(what: "a record that is announced only", packet: Packets.packet(counts: [1, 0, 0, 1], Packets.question)),
    Bad(
      what: "more records than anyone sends",
      packet: Packets.packet(counts: [1, 0, 0, 65_535], Packets.question + Packets.option)),
    Bad(what: "a notification", packet: Packets.packet(flags: 0x2000, Packets.question), code: .notImplemented),
    Bad(what: "an update", packet: Packets.packet(flags: 0x2800, counts: [0, 0, 0, 0]), code: .notImplemented),
    Bad(what: "an operation that is not in use", packet: Packets.packet(flags: 0x7800), code: .notImplemented),
  ]

  @Test("what is no query is refused by its header, or ignored", arguments: bad)
  func malformed(_ bad: Bad) {
    switch Query.read(bad.packet.span) {
    case .query(let query): Issue.record("it was read as \(query)")
    case .ignore: #expect(bad.code == nil)
    case .refuse(let id, _, let code):
      #expect(id == 0x1234)
      #expect(code == bad.code)
    }
  }

  @Test("names, types and classes of any kind are read")
  func unusual() {
    let longest = [UInt8]([63] + [UInt8](repeating: 0, count: 63))
    let name = longest + longest + longest + [61] + [UInt8](repeating: 0xFF, count: 61) + [0]
    guard case .query(let query) = Query.read(Packets.packet(name + [0xFF, 0xFF, 0xFE, 0xFE]).span) else {
      Issue.record("it was not read")
      return
    }
    #expect(query.nameLength == 255)
    #expect(query.type == RecordType(rawValue: 0xFFFF))
    #expect(query.recordClass == RecordClass(rawValue: 0xFEFE))
  }

  @Test("a signature beside EDNS is passed over")
  func signature() {
    let signature: [UInt8] = [1, 0x6B, 0xC0, 12, 0, 250, 0, 255, 0, 0, 0, 0, 0, 2, 1, 2]
    let packet = Packets.packet(counts: [1, 0, 0, 2], Packets.question + Packets.option + signature)
    guard case .query(let query) = Query.read(packet.span) else {
      Issue.record("it was not read")
      return
    }
    #expect(query.edns?.payloadSize == 4_096)
  }
}
