internal import MusterDNS
internal import MusterEventLoop

/// A client's TCP connection: any number of queries, each after its length in two bytes, answered as they are ready.
final class DNSConnection: TCPHandler {
  /// When the last whole query came, by the loop's clock; before the first, when the connection did.
  private(set) var lastQuery: UInt64
  private let stream: TCPConnection
  private unowned let worker: DNSWorker
  private unowned let table: ConnectionTable
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  private var isWaitingToSend = false
  /// Queries that the recursor has not answered yet.
  private var forwarded = 0

  /// So many bytes of answers are made before they are sent, and then no more until they have left.
  private static let outputLimit = 128 << 10
  /// So many queries of a connection wait for the recursor at once.
  private static let forwardLimit = 64

  init(_ stream: TCPConnection, _ worker: DNSWorker, _ table: ConnectionTable) {
    self.stream = stream
    self.worker = worker
    self.table = table
    lastQuery = worker.loop.now
  }

  func close() {
    stream.close()
    table.remove(self)
  }

  func connected(_ connection: TCPConnection) {}

  func ended(_ connection: TCPConnection) {
    table.remove(self)
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    input.reserveCapacity(input.count + bytes.count)
    for index in bytes.indices { input.append(bytes[index]) }
    work()
  }

  func drained(_ connection: TCPConnection) {
    isWaitingToSend = false
    work()
  }

  /// Answers what is there in full, as far as there is room for the answers. Nothing more is read while some is left:
  /// what is kept of a connection is less than two reads.
  private func work() {
    var start = 0
    while stream.isOpen {
      while stream.isOpen, canAnswer, let length = length(at: start), input.count - start - 2 >= length {
        answer(start + 2..<start + 2 + length)
        start += 2 + length
      }
      guard !output.isEmpty, !isWaitingToSend else { break }
      flush()
    }
    input.removeFirst(start)
    guard stream.isOpen else { return }
    if canAnswer { stream.resume() } else { stream.pause() }
  }

  private var canAnswer: Bool {
    output.count < Self.outputLimit && !isWaitingToSend && forwarded < Self.forwardLimit
  }

  private func length(at start: Int) -> Int? {
    input.count - start >= 2 ? Int(input[start]) << 8 | Int(input[start + 1]) : nil
  }

  private func answer(_ range: Range<Int>) {
    worker.counters.tcpQueries.countAlone()
    let packet = Array(input[range])
    switch worker.responder.respond(to: packet.span, over: .tcp) {
    case .reply: append(worker.responder.reply)
    case .ignore:
      worker.counters.malformed.countAlone()
      return close()
    case .forward(let query):
      forwarded += 1
      worker.forward(query, packet.span, needsAll: true) { [weak self] reply in self?.recursorAnswered(reply) }
    }
    lastQuery = worker.loop.now
  }

  private func recursorAnswered(_ reply: [UInt8]) {
    forwarded -= 1
    append(reply)
    work()
  }

  private func append(_ reply: [UInt8]) {
    output.append(UInt8(reply.count >> 8))
    output.append(UInt8(reply.count & 0xFF))
    output += reply
  }

  private func flush() {
    let bytes = output
    output.removeAll(keepingCapacity: bytes.count < 4_096)
    isWaitingToSend = !stream.send(bytes)
  }
}
