import MusterDNS
import Testing

@Suite("Writing answers")
struct PacketWriterTests {
  static let name = DomainName("web.service.consul") ?? .root
  static let host = DomainName("0a000001.addr.dc1.consul") ?? .root
  static let address = IPAddress("10.0.0.1").map { ResourceRecord.Content.address($0) }

  static let records: [ResourceRecord] =
    [
      ResourceRecord(name, ttl: 1, .nameServer(DomainName("ns.consul") ?? .root)),
      ResourceRecord(name, ttl: 2, .alias(DomainName("elsewhere.example") ?? .root)),
      ResourceRecord(name, ttl: 3, .pointer(name)),
      ResourceRecord(name, ttl: 4, .service(priority: 1, weight: 2, port: 8_080, target: host)),
      ResourceRecord(name, ttl: 5, .text([Array("version=1".utf8), []])),
      ResourceRecord(
        DomainName("consul") ?? .root, ttl: 6,
        .authority(.init(server: host, mailbox: name, serial: 4_000_000_000, negativeTTL: 7))),
      ResourceRecord(.root, ttl: UInt32.max, .other(RecordType(rawValue: 99), [1, 2, 3])),
    ] + ["10.1.2.3", "2001:db8::1"].compactMap { IPAddress($0).map { ResourceRecord(host, ttl: 0, .address($0)) } }

  private func begin(
    _ writer: inout PacketWriter, _ name: String = "WEB.service.consul", edns: UInt16? = nil, limit: Int = 65_535
  ) {
    let packet = Packets.query(name, edns: edns)
    guard case .query(let query) = Query.read(packet.span) else { return }
    writer.begin(answering: query, in: packet.span, flags: query.flags.answering(.noError), limit: limit)
  }

  private func expectFits(
    _ record: ResourceRecord, in writer: inout PacketWriter, _ section: PacketWriter.Section = .answer,
    at location: SourceLocation = #_sourceLocation
  ) {
    let isTaken = writer.add(record, to: section)
    #expect(isTaken, sourceLocation: location)
  }

  @Test("every kind of record is read as it was written, in each section")
  func roundTrip() throws {
    var writer = PacketWriter()
    for section in [PacketWriter.Section.answer, .authority, .additional] {
      begin(&writer)
      for record in Self.records { expectFits(record, in: &writer, section) }
      let message = try #require(Message(writer.bytes))
      let read = [message.answers, message.authorities, message.additionals]
      #expect(read[section.rawValue].map(\.lowercased) == Self.records)
      #expect(read.joined().count == Self.records.count)
    }
  }

  @Test("the question is repeated in its own letters")
  func letters() throws {
    var writer = PacketWriter()
    begin(&writer)
    let message = try #require(Message(writer.bytes))
    #expect(message.questions.map(\.name.description) == ["WEB.service.consul."])
    #expect(message.id == 0x1234)
    #expect(message.flags == [.response, .recursionDesired])
  }

  @Test("names point to what is there already, except the target of SRV")
  func compression() throws {
    var writer = PacketWriter()
    begin(&writer)
    let start = writer.bytes.count
    expectFits(ResourceRecord(Self.name, ttl: 0, .pointer(Self.name)), in: &writer)
    #expect(writer.bytes.count - start == 14)
    let second = writer.bytes.count
    let service = ResourceRecord.Content.service(priority: 0, weight: 0, port: 0, target: Self.host)
    expectFits(ResourceRecord(Self.name, ttl: 0, service), in: &writer)
    #expect(writer.bytes.count - second == 18 + Self.host.bytes.count)
    let third = writer.bytes.count
    let address = try #require(Self.address)
    expectFits(ResourceRecord(Self.host, ttl: 0, address), in: &writer, .additional)
    #expect(writer.bytes.count - third == 16)
  }

  @Test("a name that repeats itself is written in full", arguments: ["a.a", "a.a.a.b.a.b", "x.consul.x.consul.consul"])
  func repetition(text: String) throws {
    let name = try #require(DomainName(text))
    var writer = PacketWriter()
    begin(&writer)
    for _ in 0..<2 { expectFits(ResourceRecord(name, ttl: 0, .alias(name)), in: &writer) }
    let message = try #require(Message(writer.bytes))
    #expect(message.answers.map(\.name) == [name, name])
    #expect(message.answers.map(\.content) == [.alias(name), .alias(name)])
  }

  @Test("what does not fit is left out as a whole, and room for EDNS is kept", arguments: [nil, 512] as [UInt16?])
  func truncation(edns: UInt16?) throws {
    var writer = PacketWriter()
    begin(&writer, edns: edns, limit: 512)
    let address = try #require(Self.address)
    var fitted = 0
    while writer.add(ResourceRecord(Self.name, ttl: 0, address), to: .answer) { fitted += 1 }
    writer.markTruncated()
    if edns != nil { writer.addOption(payloadSize: 1_232, .badVersion) }
    #expect(fitted == (512 - 36 - (edns == nil ? 0 : 11)) / 16)
    let message = try #require(Message(writer.bytes))
    #expect(writer.bytes.count <= 512)
    #expect(message.answers.count == fitted)
    #expect(message.flags.contains(.truncated))
    #expect(message.responseCode == (edns == nil ? .noError : .badVersion))
  }

  @Test("a record that is taken out again leaves no place that others point to")
  func rollback() throws {
    var writer = PacketWriter()
    begin(&writer, limit: 100)
    let long = ResourceRecord(Self.host, ttl: 0, .text([[UInt8](repeating: 0x61, count: 200)]))
    let isTaken = writer.add(long, to: .answer)
    #expect(!isTaken)
    let address = try #require(Self.address)
    expectFits(ResourceRecord(Self.host, ttl: 0, address), in: &writer)
    let message = try #require(Message(writer.bytes))
    #expect(message.answers.map(\.name) == [Self.host])
  }
}

extension ResourceRecord {
  /// The record as a reader who disregards case sees it: names may point to the question's letters.
  fileprivate var lowercased: ResourceRecord {
    var copy = self
    copy.name = name.lowercased
    switch content {
    case .nameServer(let name): copy.content = .nameServer(name.lowercased)
    case .pointer(let name): copy.content = .pointer(name.lowercased)
    case .authority(var authority):
      authority.server = authority.server.lowercased
      authority.mailbox = authority.mailbox.lowercased
      copy.content = .authority(authority)
    default: break
    }
    return copy
  }
}
