/// Builds an answer, up to a size: a record is in it as a whole or not at all.
public struct PacketWriter: Sendable {
  /// The parts of an answer, in their order.
  public enum Section: Int, Sendable {
    /// What was asked for.
    case answer
    /// Who is in charge.
    case authority
    /// What the client is likely to ask next.
    case additional
  }

  /// The bytes of an OPT record without options.
  static let optionLength = 11
  /// So many places that names can point to are remembered.
  private static let placeLimit = 64

  /// The packet so far.
  public internal(set) var bytes: [UInt8]
  /// The most bytes that it may have.
  private var limit = Int(UInt16.max)
  /// Where names begin that others may point to.
  private var places: [Int] = []
  /// Where a question begins whose name's places are not remembered yet; most answers never need them.
  private var questionPlace: Int?

  /// A writer that can be used for one packet after another.
  public init() {
    bytes = []
    bytes.reserveCapacity(512)
  }

  /// Begins with the question of a query, in the letters it was asked in.
  ///
  /// - Parameters:
  ///   - query: what is answered.
  ///   - packet: the whole query; only its question is copied.
  ///   - flags: the flags of the answer.
  ///   - limit: the most bytes of the packet. With EDNS, room for its record is kept.
  public mutating func begin(
    answering query: Query, in packet: Span<UInt8>, flags: HeaderFlags, limit: Int
  ) {
    start(id: query.id, flags: flags, questions: 1)
    for index in Query.nameOffset..<query.questionEnd { bytes.append(packet[index]) }
    self.limit = limit - (query.edns == nil ? 0 : Self.optionLength)
    questionPlace = Query.nameOffset
  }

  /// Begins a packet with a header and nothing else.
  public mutating func start(id: UInt16, flags: HeaderFlags, questions: UInt16 = 0) {
    bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    questionPlace = nil
    limit = Int(UInt16.max)
    append(id)
    append(flags.rawValue)
    append(questions)
    for _ in 0..<3 { append(UInt16(0)) }
  }

  /// Adds a query's question after `start(questions: 1)`.
  public mutating func question(_ name: DomainName, _ type: RecordType, _ kind: RecordClass = .internet) {
    append(name: name)
    append(type.rawValue)
    append(kind.rawValue)
  }

  /// Adds a record; says whether it fitted. One that does not leaves nothing behind.
  public mutating func add(_ record: ResourceRecord, to section: Section) -> Bool {
    if let place = questionPlace.take() { noteSuffixes(at: place) }
    let (end, known) = (bytes.count, places.count)
    append(record)
    guard bytes.count <= limit else {
      bytes.removeSubrange(end...)
      places.removeSubrange(known...)
      return false
    }
    count(1, in: section)
    return true
  }

  /// The bytes of a record as it would be added now; nothing is added.
  ///
  /// Its names point to nothing but what is in the packet already, so the bytes can be used wherever that is the same.
  public mutating func block(of record: ResourceRecord) -> [UInt8] {
    if let place = questionPlace.take() { noteSuffixes(at: place) }
    let (end, known) = (bytes.count, places.count)
    append(record)
    defer {
      bytes.removeSubrange(end...)
      places.removeSubrange(known...)
    }
    return Array(bytes[end...])
  }

  /// Adds bytes that hold one record without the name it begins with.
  ///
  /// - Parameters:
  ///   - block: the record from its type on.
  ///   - owner: where in the packet its name is written in full.
  ///   - section: the part of the answer.
  /// - Returns: whether they fitted; if not, nothing is added.
  public mutating func add(_ block: ArraySlice<UInt8>, owner: Range<Int>, to section: Section) -> Bool {
    let isInReach = owner.lowerBound < 0x4000
    guard bytes.count + block.count + (isInReach ? 2 : owner.count) <= limit else { return false }
    if isInReach { append(0xC000 | UInt16(owner.lowerBound)) } else { bytes += bytes[owner] }
    bytes.append(contentsOf: block)
    count(1, in: section)
    return true
  }

  /// Adds bytes that hold `records` records; says whether they fitted.
  @inline(__always)
  public mutating func add(_ block: ArraySlice<UInt8>, records: UInt16, to section: Section) -> Bool {
    guard bytes.count + block.count <= limit else { return false }
    bytes.append(contentsOf: block)
    count(records, in: section)
    return true
  }

  /// Adds the record of EDNS, for which room has been kept.
  ///
  /// - Parameters:
  ///   - payloadSize: the most bytes of a query over UDP that are taken.
  ///   - code: the response code, whose upper bits are in this record.
  public mutating func addOption(payloadSize: UInt16, _ code: ResponseCode) {
    bytes.append(0)
    append(RecordType.opt.rawValue)
    append(payloadSize)
    append(UInt32(code.rawValue >> 4) << 24)
    append(UInt16(0))
    count(1, in: .additional)
  }

  /// Says in the header that something did not fit.
  public mutating func markTruncated() {
    bytes[2] |= UInt8(HeaderFlags.truncated.rawValue >> 8)
  }

  /// Replaces two bytes, such as a pointer.
  public mutating func replace(at offset: Int, with word: UInt16) {
    bytes[offset] = UInt8(word >> 8)
    bytes[offset + 1] = UInt8(word & 0xFF)
  }

  private mutating func count(_ records: UInt16, in section: Section) {
    let offset = 6 + 2 * section.rawValue
    let sum = (UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])) &+ records
    replace(at: offset, with: sum)
  }

  /// Remembers that a name begins here, if a pointer can reach it.
  mutating func note(_ place: Int) {
    if place < 0x4000, places.count < Self.placeLimit { places.append(place) }
  }

  /// Remembers the name that is written in full at `place`, with all its endings.
  mutating func noteSuffixes(at place: Int) {
    var at = place
    while bytes[at] > 0 {
      note(at)
      at += Int(bytes[at]) + 1
    }
  }

  /// How many places are remembered.
  var placeCount: Int { places.count }

  /// Where a name begins that has these bytes, in whatever case: one of the first so many places.
  func place(of suffix: ArraySlice<UInt8>, among count: Int) -> Int? {
    places.prefix(count).first { matches(suffix, at: $0) }
  }

  /// Whether the name written at `place` is this one; its own pointers lead back only.
  private func matches(_ suffix: ArraySlice<UInt8>, at place: Int) -> Bool {
    var at = place
    var rest = suffix
    while let length = rest.first {
      while bytes[at] >= 0xC0 { at = Int(bytes[at] & 0x3F) << 8 | Int(bytes[at + 1]) }
      let label = rest.prefix(Int(length) + 1)
      guard bytes[at...].prefix(label.count).elementsEqual(label, by: { $0.lowercasedASCII == $1.lowercasedASCII })
      else { return false }
      if length == 0 { return true }
      at += label.count
      rest = rest.dropFirst(label.count)
    }
    return false
  }
}
