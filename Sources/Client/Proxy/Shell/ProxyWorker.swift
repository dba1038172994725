internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterThreading

/// One thread of a proxy: its loop, and all services on it.
final class ProxyWorker: Sendable {
  /// What a worker is told from other threads.
  enum Message: Sendable {
    /// These are the instances of a service now.
    case instances(service: Int, [Instance])
    /// An instance should get no calls for a while.
    case rest(service: Int, id: String)
    /// Takes nothing new.
    case drain
    /// Says whether nothing is under way.
    case ask(Mailbox<Bool>)
    /// Lets go of everything.
    case stop(Mailbox<Bool>)
  }

  let inbox = LoopInbox<Message>()
  private let thread = Locked<EventLoopThread?>(nil)

  /// Listens for all services; returns where.
  func start(
    _ services: [SharedService], at addresses: [SocketAddress], isShared: Bool
  ) throws(EventLoopError) -> [SocketAddress] {
    let bound = Locked<[SocketAddress]>([])
    let inbox = inbox
    let thread = try EventLoopThread(name: "muster-proxy") { loop throws(EventLoopError) in
      let relays = services.map { service -> any Relay in
        if case .tcp = service.settings.carries { return TunnelRelay(loop, service) }
        return ThriftRelay(loop, service)
      }
      var listeners: [TCPListener] = []
      for (relay, address) in zip(relays, addresses) {
        let socket = try BoundSocket(.tcp, address, isShared: isShared)
        let place = socket.address
        bound.withLock { $0.append(place) }
        listeners.append(try TCPListener(loop, socket) { relay.accept($0) })
      }
      let hall = Hall(relays, listeners)
      try inbox.open(on: loop) { hall.take($0) }
    }
    self.thread.withLock { $0 = thread }
    return bound.withLock { $0 }
  }

  /// Ends everything that is open, and the thread.
  func stop() {
    guard let thread = thread.withLock({ $0.take() }) else { return }
    let done = Mailbox<Bool>(capacity: 1)
    inbox.push(.stop(done))
    _ = done.takeAll(upTo: 1, until: .now + .seconds(5))
    thread.stop()
  }

  /// Whether nothing is under way.
  var isIdle: Bool {
    let answer = Mailbox<Bool>(capacity: 1)
    inbox.push(.ask(answer))
    return answer.takeAll(upTo: 1, until: .now + .seconds(5)).first ?? true
  }
}

/// What is on a worker's thread.
private final class Hall {
  private var relays: [any Relay]
  private var listeners: [TCPListener]

  init(_ relays: [any Relay], _ listeners: [TCPListener]) {
    self.relays = relays
    self.listeners = listeners
  }

  func take(_ message: ProxyWorker.Message) {
    switch message {
    case .instances(let service, let instances):
      if relays.indices.contains(service) { relays[service].update(instances) }
    case .rest(let service, let id): if relays.indices.contains(service) { relays[service].rest(id) }
    case .drain:
      for listener in listeners { listener.close() }
      listeners = []
      for relay in relays { relay.drain() }
    case .ask(let answer): answer.push(relays.allSatisfy { $0.isIdle })
    case .stop(let answer):
      for relay in relays { relay.stop() }
      relays = []
      answer.push(true)
    }
  }
}
