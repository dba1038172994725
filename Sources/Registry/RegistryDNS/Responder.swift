internal import MusterDNS

/// Answers packets, on one thread.
struct Responder {
  /// How a query came.
  enum Transport {
    case udp, tcp
  }

  /// What to do with a packet.
  enum Reaction {
    /// Send what is in `reply`.
    case reply
    /// Ask the recursor.
    case forward(Query)
    /// Nothing.
    case ignore
  }

  private let store: AnswerStore
  private let context: AnswerContext
  private let udpLimit: Int
  private let forwards: Bool
  private var table = AnswerTable()
  private var writer = AnswerWriter()
  private var generator: AnswerRandom

  /// - Parameters:
  ///   - store: what there is to say.
  ///   - udpLimit: the most bytes of an answer over UDP.
  ///   - forwards: whether names of other domains are forwarded.
  ///   - seed: decides the order of answers.
  init(_ store: AnswerStore, udpLimit: Int, forwards: Bool, seed: UInt64) {
    self.store = store
    self.udpLimit = udpLimit
    self.forwards = forwards
    context = AnswerContext(flags: forwards ? .recursionAvailable : [], payloadSize: UInt16(clamping: udpLimit))
    generator = AnswerRandom(seed: seed)
  }

  /// The packet to send.
  var reply: [UInt8] { writer.packet.bytes }

  /// Answers a packet.
  mutating func respond(to packet: Span<UInt8>, over transport: Transport) -> Reaction {
    switch Query.read(packet) {
    case .ignore:
      return .ignore
    case .refuse(let id, let flags, let code):
      writer.write(code, id: id, flags: flags, context)
      return .reply
    case .query(let query):
      return respond(to: query, in: packet, over: transport)
    }
  }

  /// Answers a query with a code and nothing else.
  mutating func refuse(_ query: Query, in packet: Span<UInt8>, _ code: ResponseCode) {
    writer.write(code, to: query, in: packet, context)
  }

  private mutating func respond(to query: Query, in packet: Span<UInt8>, over transport: Transport) -> Reaction {
    if let edns = query.edns, edns.version > 0 {
      refuse(query, in: packet, .badVersion)
      return .reply
    }
    guard query.recordClass == .internet || query.recordClass == .any, !query.type.isTransaction else {
      refuse(query, in: packet, .refused)
      return .reply
    }
    guard let answer = answer(to: query, in: packet) else {
      if forwards, query.flags.contains(.recursionDesired) { return .forward(query) }
      refuse(query, in: packet, .refused)
      return .reply
    }
    writer.write(answer, to: query, in: packet, context, limit: limit(query, transport), using: &generator)
    return .reply
  }

  @inline(__always)
  private mutating func answer(to query: Query, in packet: Span<UInt8>) -> PreparedAnswer? {
    let question = AnswerTable.Question(query, in: packet)
    let epoch = store.cache.epoch
    if let answer = table.find(question, in: packet, epoch: epoch) { return answer }
    let name = (0..<query.nameLength).map { packet[Query.nameOffset + $0].lowercasedASCII }
    guard let name = DomainName(wire: name), let answer = store.answer(name, query.type, using: &generator) else {
      return nil
    }
    table.insert(answer, question, epoch: epoch)
    return answer
  }

  private func limit(_ query: Query, _ transport: Transport) -> Int {
    switch transport {
    case .tcp: Int(UInt16.max)
    case .udp: min(udpLimit, max(512, Int(query.edns?.payloadSize ?? 512)))
    }
  }
}
