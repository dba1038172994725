internal import MusterDNS
internal import MusterEventLoop
internal import Synchronization

/// What one thread serves with: its sockets, its answers and its share of the limits.
final class DNSWorker: UDPHandler {
  var responder: Responder
  let loop: EventLoop
  let counters: DNSCounters
  let settings: DNSSettings
  /// Asks the recursor; nil where there is none.
  let forwarder: Forwarder?
  private var connections: ConnectionTable?

  init(
    _ loop: EventLoop, _ store: AnswerStore, _ settings: DNSSettings, _ recursor: SocketAddress?,
    _ counters: DNSCounters
  ) {
    self.loop = loop
    self.counters = counters
    self.settings = settings
    var system = SystemRandomNumberGenerator()
    responder = Responder(
      store, udpLimit: settings.limits.udpPayload, forwards: recursor != nil, seed: system.next())
    let share = settings.limits.forwardedQueries / settings.threads
    forwarder = recursor.map {
      Forwarder(loop, to: $0, limit: max(1, share), timeout: settings.limits.forwardTimeout, counters)
    }
  }

  /// Opens the sockets.
  func serve(_ udp: consuming BoundSocket, _ tcp: consuming BoundSocket) throws(EventLoopError) {
    _ = try UDPSocket(loop, udp, self)
    let connections = ConnectionTable(self)
    _ = try TCPListener(loop, tcp) { connections.accept($0) }
    self.connections = connections
  }

  func received(_ packet: Span<UInt8>, from sender: SocketAddress, on socket: UDPSocket) {
    counters.udpQueries.countAlone()
    switch responder.respond(to: packet, over: .udp) {
    case .reply:
      socket.send(responder.reply, to: sender)
      if socket.dropped > 0 { counters.dropped.store(socket.dropped, ordering: .relaxed) }
    case .ignore:
      counters.malformed.countAlone()
    case .forward(let query):
      forward(query, packet, needsAll: false) { reply in socket.send(reply, to: sender) }
    }
  }

  /// Has a query answered by the recursor; if that fails, the answer says so.
  func forward(_ query: Query, _ packet: Span<UInt8>, needsAll: Bool, _ deliver: @escaping ([UInt8]) -> Void) {
    guard let forwarder else { return }
    let bytes = packet.indices.map { packet[$0] }
    forwarder.forward(query, bytes, needsAll: needsAll) { [weak self] reply in
      if let reply { return deliver(reply) }
      guard let self else { return }
      responder.refuse(query, in: bytes.span, .serverFailure)
      deliver(responder.reply)
    }
  }
}
