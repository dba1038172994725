internal import MusterDNS

/// What a thread needs to write answers, and keeps from one to the next.
struct AnswerWriter {
  var packet = PacketWriter()
  private var order = AnswerOrder()
  private var hosts: [(item: Int, place: Int)] = []

  /// Writes an answer with its records in random order; what does not fit is cut, and the packet says so.
  ///
  /// - Parameters:
  ///   - answer: what to say.
  ///   - query: what was asked, in `request`.
  ///   - request: the packet of the query, whose question is repeated.
  ///   - context: what all answers of this server have in common.
  ///   - limit: the most bytes of the packet.
  ///   - generator: the source of the order.
  mutating func write(
    _ answer: PreparedAnswer, to query: Query, in request: Span<UInt8>, _ context: AnswerContext, limit: Int,
    using generator: inout some RandomNumberGenerator
  ) {
    let flags = answer.isAuthoritative ? context.flags.union(.authoritative) : context.flags
    packet.begin(answering: query, in: request, flags: query.flags.answering(answer.code, flags), limit: limit)
    order.begin(answer)
    hosts.removeAll(keepingCapacity: true)
    for _ in 0..<answer.picks {
      guard let index = order.next(using: &generator) else { break }
      let item = answer.items[index]
      let place = packet.bytes.count
      guard packet.add(answer.bytes[item.answer], records: 1, to: .answer) else {
        packet.markTruncated()
        break
      }
      if !item.additional.isEmpty { hosts.append((index, place)) }
    }
    if !answer.authority.isEmpty { _ = packet.add(answer.bytes[answer.authority], records: 1, to: .authority) }
    addHosts(answer)
    if query.edns != nil { packet.addOption(payloadSize: context.payloadSize, answer.code) }
  }

  /// Adds the addresses of what was named, as far as there is room: who misses one can ask for it.
  private mutating func addHosts(_ answer: PreparedAnswer) {
    for (index, place) in hosts {
      let item = answer.items[index]
      let target = place + PreparedAnswer.targetOffset..<place + item.answer.count
      guard packet.add(answer.bytes[item.additional], owner: target, to: .additional) else { break }
    }
  }

  /// Writes an answer that is a code and nothing else.
  mutating func write(_ code: ResponseCode, to query: Query, in request: Span<UInt8>, _ context: AnswerContext) {
    packet.begin(
      answering: query, in: request, flags: query.flags.answering(code, context.flags), limit: Int(UInt16.max))
    if query.edns != nil { packet.addOption(payloadSize: context.payloadSize, code) }
  }

  /// Writes an answer to a query that can't be read beyond its header.
  mutating func write(_ code: ResponseCode, id: UInt16, flags: HeaderFlags, _ context: AnswerContext) {
    packet.start(id: id, flags: flags.answering(code, context.flags))
  }
}

/// What all answers of a server have in common.
struct AnswerContext: Sendable {
  /// Flags that are in every answer.
  let flags: HeaderFlags
  /// The most bytes of a query over UDP that are taken, as said with EDNS.
  let payloadSize: UInt16
}
