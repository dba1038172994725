/// A query with its one question, as far as it must be known to answer it.
///
/// The question's name stays in the packet, at `Query.nameOffset`: a query is read without taking any memory.
public struct Query: Sendable, Equatable {
  /// What a client says of itself with EDNS (RFC 6891).
  public struct Extension: Sendable, Equatable {
    /// The most bytes of an answer over UDP that it takes.
    public let payloadSize: UInt16
    /// The version of EDNS.
    public let version: UInt8
    /// Whether signatures are wanted (RFC 3225).
    public let wantsSignatures: Bool
  }

  /// What became of a packet.
  public enum Reading: Sendable, Equatable {
    /// A query.
    case query(Query)
    /// Something that must be refused: an answer of the header alone, with that code.
    case refuse(id: UInt16, flags: HeaderFlags, ResponseCode)
    /// Nothing that may be answered: it is too short, or itself an answer.
    case ignore
  }

  /// Where the question's name starts: behind the header.
  public static let nameOffset = 12
  /// So many records besides the question are read at most: EDNS and a signature are all there is in practice.
  static let recordLimit = 8

  /// The number that the answer repeats.
  public let id: UInt16
  /// The header's flags.
  public let flags: HeaderFlags
  /// The bytes of the question's name in the packet; it is not compressed.
  public let nameLength: Int
  /// What is asked for.
  public let type: RecordType
  /// The class that is asked for.
  public let recordClass: RecordClass
  /// What the client says with EDNS; nil if it does not speak it.
  public let edns: Extension?

  /// Where the question ends in the packet.
  public var questionEnd: Int { Self.nameOffset + nameLength + 4 }

  /// Reads a packet.
  public static func read(_ packet: Span<UInt8>) -> Reading {
    var reader = PacketReader(packet.count)
    guard let id = reader.word(packet), let bits = reader.word(packet), let counts = reader.counts(packet) else {
      return .ignore
    }
    let flags = HeaderFlags(rawValue: bits)
    guard !flags.contains(.response) else { return .ignore }
    guard flags.operation == 0 else { return .refuse(id: id, flags: flags, .notImplemented) }
    guard counts.questions == 1, counts.answers == 0, counts.authorities == 0, counts.additionals <= recordLimit,
      let nameLength = reader.plainName(packet), let type = reader.word(packet), let kind = reader.word(packet),
      case .some(let edns) = reader.edns(packet, records: counts.additionals), reader.isAtEnd
    else { return .refuse(id: id, flags: flags, .formatError) }
    return .query(
      Query(
        id: id, flags: flags, nameLength: nameLength, type: RecordType(rawValue: type),
        recordClass: RecordClass(rawValue: kind), edns: edns))
  }
}
