import MusterDNS

/// Packets as a client would send them, and as one never should.
enum Packets {
  /// A query with nothing special about it.
  static func query(
    _ name: String, _ type: RecordType = .a, id: UInt16 = 0x1234, flags: UInt16 = 0x0100, edns: UInt16? = nil
  ) -> [UInt8] {
    var writer = PacketWriter()
    writer.start(id: id, flags: HeaderFlags(rawValue: flags), questions: 1)
    writer.question(DomainName(name) ?? .root, type)
    if let edns { writer.addOption(payloadSize: edns, .noError) }
    return writer.bytes
  }

  /// A header with these counts, and what follows it.
  static func packet(flags: UInt16 = 0x0100, counts: [UInt16] = [1, 0, 0, 0], _ rest: [UInt8] = []) -> [UInt8] {
    ([0x1234, flags] + counts).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } + rest
  }

  /// A name of one letter, type A, class Internet.
  static let question: [UInt8] = [1, 0x61, 0, 0, 1, 0, 1]
  /// An OPT record that offers 4,096 bytes.
  static let option: [UInt8] = [0, 0, 41, 0x10, 0, 0, 0, 0, 0, 0, 0]
}

extension Message {
  /// Reads a packet that is kept in an array.
  init?(_ packet: [UInt8]) {
    self.init(packet.span)
  }
}
