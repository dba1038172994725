/// A whole message, read: for whoever asks.
public struct Message: Sendable, Equatable {
  /// What is asked.
  public struct Question: Sendable, Hashable {
    /// The name.
    public let name: DomainName
    /// The type.
    public let type: RecordType
    /// The class.
    public let recordClass: RecordClass
  }

  /// What EDNS adds: the size and version, and the bits of the response code that the header has no room for.
  public struct Extension: Sendable, Equatable {
    /// The most bytes over UDP that its sender takes.
    public let payloadSize: UInt16
    /// The upper eight bits of the response code.
    public let upperCode: UInt8
  }

  /// So many records are read at most: as many as can be in a packet.
  static let recordLimit = 65_535 / 11

  /// The number that ties an answer to its query.
  public let id: UInt16
  /// What kind of message it is.
  public let flags: HeaderFlags
  /// The questions; in practice, one.
  public private(set) var questions: [Question] = []
  /// What was asked for.
  public private(set) var answers: [ResourceRecord] = []
  /// Who is in charge.
  public private(set) var authorities: [ResourceRecord] = []
  /// What may be asked next, without EDNS.
  public private(set) var additionals: [ResourceRecord] = []
  /// What EDNS adds, if it is there.
  public private(set) var edns: Extension?

  /// How it went, with EDNS's bits.
  public var responseCode: ResponseCode {
    ResponseCode(rawValue: UInt16(edns?.upperCode ?? 0) << 4 | flags.responseCode.rawValue)
  }

  /// Reads a packet; nil if any part of it is not as it must be.
  public init?(_ packet: Span<UInt8>) {
    var reader = PacketReader(packet.count)
    guard let id = reader.word(packet), let bits = reader.word(packet), let counts = reader.counts(packet) else {
      return nil
    }
    self.id = id
    flags = HeaderFlags(rawValue: bits)
    for _ in 0..<counts.questions {
      guard let name = reader.name(packet), let type = reader.word(packet), let kind = reader.word(packet) else {
        return nil
      }
      questions.append(
        Question(name: name, type: RecordType(rawValue: type), recordClass: RecordClass(rawValue: kind)))
    }
    guard Self.read(counts.answers, &reader, packet, { answers.append($0.record) }),
      Self.read(counts.authorities, &reader, packet, { authorities.append($0.record) }),
      Self.read(counts.additionals, &reader, packet, { add($0) }), reader.isAtEnd
    else { return nil }
  }

  private mutating func add(_ entry: RecordEntry) {
    guard entry.record.type == .opt else { return additionals.append(entry.record) }
    edns = Extension(payloadSize: entry.recordClass, upperCode: UInt8(entry.record.ttl >> 24))
  }

  private static func read(
    _ count: UInt16, _ reader: inout PacketReader, _ packet: Span<UInt8>, _ keep: (RecordEntry) -> Void
  ) -> Bool {
    guard count <= recordLimit else { return false }
    for _ in 0..<count {
      guard let entry = reader.record(packet) else { return false }
      keep(entry)
    }
    return true
  }
}
