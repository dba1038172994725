internal import MusterEventLoop
internal import MusterThrift

/// A client's connection; belongs to the loop's thread.
final class ServerConnection: TCPHandler {
  let number: UInt64
  /// The client, for the log.
  private let peer: String
  private let tcp: TCPConnection
  private unowned let server: ServerLoop
  private var buffer: ThriftMessageBuffer
  private var answers = AnswerQueue()
  /// When something last began or ended: a message, an answer, a wait.
  private var lastChange: UInt64
  /// Nothing more is read; it is closed when all answers have left.
  private var isEnding = false
  /// Calls are being taken out of the buffer.
  private var isReading = false
  /// Answers wait for the client to fetch them.
  private var isCongested = false

  init(_ number: UInt64, _ tcp: TCPConnection, of server: ServerLoop) {
    self.number = number
    self.tcp = tcp
    self.server = server
    peer = tcp.peer?.description ?? "an unknown address"
    buffer = ThriftMessageBuffer(limits: server.settings.limits)
    lastChange = server.now
    tcp.allowsHalfClose = true
  }

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    guard !isEnding else { return }
    if buffer.count == 0 { lastChange = server.now }
    buffer.append(bytes)
    readCalls()
  }

  private func readCalls() {
    // A call that is refused is answered while it is read, which makes room for the next.
    guard !isReading else { return }
    isReading = true
    defer { isReading = false }
    do {
      while !isEnding, answers.count < server.settings.callsPerConnection, !isCongested {
        guard let next = try buffer.next(), let framing = buffer.dialect?.framing else { return }
        lastChange = server.now
        try begin(next, framing)
      }
      if !isEnding { tcp.pause() }
    } catch {
      note("\(error)")
      end()
    }
  }

  private func begin(_ element: ThriftMessageBuffer.Element, _ framing: ThriftFraming) throws(ThriftError) {
    let message = element.message
    guard message.head.type == .call || message.head.type == .oneway else {
      throw ThriftError(.malformed, "a client sent a message of the type \(message.head.type)")
    }
    server.begin(
      ServerCall(
        connection: number, place: answers.open(), message: message, header: element.header, framing: framing))
  }

  /// An answer is ready.
  func answered(_ place: UInt64, _ bytes: [UInt8]) {
    let wasFull = answers.count >= server.settings.callsPerConnection
    let ready = answers.answer(place, bytes)
    lastChange = server.now
    if !ready.isEmpty { isCongested = !tcp.send(ready) }
    if isEnding { return closeIfDone() }
    if wasFull { goOn() }
  }

  private func goOn() {
    guard !isEnding, !isCongested, answers.count < server.settings.callsPerConnection else { return }
    tcp.resume()
    readCalls()
  }

  func drained(_ connection: TCPConnection) {
    isCongested = false
    lastChange = server.now
    if isEnding { return closeIfDone() }
    goOn()
  }

  func finished(_ connection: TCPConnection) {
    if buffer.count > 0, answers.count < server.settings.callsPerConnection {
      note("it ended within a message, of which \(buffer.count) bytes had arrived")
    }
    end()
  }

  func ended(_ connection: TCPConnection) {
    server.remove(number)
  }

  /// Reads nothing more, and closes when all that runs is answered.
  func end() {
    guard !isEnding else { return }
    isEnding = true
    tcp.pause()
    closeIfDone()
  }

  private func closeIfDone() {
    guard answers.count == 0, !isCongested else { return }
    close()
  }

  private func note(_ text: String) { server.log("the client at \(peer): \(text)") }

  func close() {
    tcp.close()
    server.remove(number)
  }

  /// Closes if the client has been too slow, or silent for too long.
  func check(at now: UInt64) {
    let silent = now &- lastChange
    if isCongested || answers.count == 0 && buffer.count > 0 {
      guard silent > server.messageTimeout else { return }
      let what =
        isCongested ? "the client does not fetch its answers" : "a message of \(buffer.count) bytes so far stopped"
      note("\(what) for \(server.settings.messageTimeout)")
      close()
    } else if answers.count == 0, let limit = server.idleTimeout, silent > limit {
      close()
    }
  }
}
