internal import MusterCatalog
internal import MusterDNS

/// An answer to one question, turned into the bytes of a packet but for the order of its records.
///
/// Its names point to nothing but the question, which has the same length in every packet that asks it.
final class PreparedAnswer: Sendable {
  /// One record that answers the question, with what goes along with it.
  struct Item: Sendable {
    /// The record, in `bytes`.
    let answer: Range<Int>
    /// The address of the host it names, without its owner; empty if there is none.
    let additional: Range<Int>
    /// How much of the traffic it is to get.
    let weight: UInt32
  }

  /// What it depends on.
  enum Dependency: Sendable, Hashable {
    /// Instances of the service with that name in lower case.
    case service([UInt8])
    /// The node with that name in lower case.
    case node([UInt8])
    /// Only the question.
    case nothing
    /// More than can be told: it is not kept.
    case everything
  }

  /// Where in an SRV record its target is: behind the owner's pointer, 10 bytes of every record, and three numbers.
  static let targetOffset = 18

  /// The name that was asked for, in lower case.
  let name: [UInt8]
  let type: RecordType
  let dependency: Dependency
  let code: ResponseCode
  let isAuthoritative: Bool
  let bytes: [UInt8]
  let items: [Item]
  /// So many of the items are given.
  let picks: Int
  /// The record that says who is in charge, if there is nothing else; empty otherwise.
  let authority: Range<Int>
  let hasEqualWeights: Bool

  init(
    name: DomainName, type: RecordType, dependency: Dependency, code: ResponseCode, isAuthoritative: Bool = true,
    content: AnswerContent
  ) {
    self.name = name.bytes
    self.type = type
    self.dependency = dependency
    self.code = code
    self.isAuthoritative = isAuthoritative
    bytes = content.bytes
    items = content.items
    picks = content.givesOne ? min(1, content.items.count) : content.items.count
    authority = content.authority
    hasEqualWeights = content.items.allSatisfy { $0.weight == content.items.first?.weight }
  }

  /// About how much memory it takes.
  var size: Int { 256 + name.count + bytes.count + items.count * MemoryLayout<Item>.stride }
}

/// The bytes of an answer while it is put together.
struct AnswerContent {
  private(set) var bytes: [UInt8] = []
  private(set) var items: [PreparedAnswer.Item] = []
  private(set) var authority = 0..<0
  /// Whether only one of the items may be given: a name stands for one other.
  var givesOne = false
  /// Holds the question that names point to.
  private var writer = PacketWriter()

  init(name: DomainName, type: RecordType) {
    writer.start(id: 0, flags: [], questions: 1)
    writer.question(name, type)
  }

  /// Adds a record, with the address of the host it names.
  mutating func add(_ record: ResourceRecord, weight: UInt32 = 1, additional: ResourceRecord? = nil) {
    let answer = append(writer.block(of: record))
    var rest = bytes.endIndex..<bytes.endIndex
    if let additional {
      // The owner is written as a pointer, once the place of the record is known.
      rest = append(Array(writer.block(of: additional).suffix(10 + (additional.type == .a ? 4 : 16))))
    }
    items.append(PreparedAnswer.Item(answer: answer, additional: rest, weight: weight))
  }

  mutating func setAuthority(_ record: ResourceRecord) {
    authority = append(writer.block(of: record))
  }

  private mutating func append(_ block: [UInt8]) -> Range<Int> {
    let start = bytes.count
    bytes += block
    return start..<bytes.count
  }
}
