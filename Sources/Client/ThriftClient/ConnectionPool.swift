internal import MusterDiscovery
internal import MusterEventLoop

/// The connections to one instance, and the calls that wait for one; belongs to the loop's thread.
final class ConnectionPool {
  let loop: EventLoop
  let settings: ThriftClientSettings
  private let endpoint: Endpoint
  /// The one that was used last is used next, so that those beyond the need grow old.
  private var idle: [ClientConnection] = []
  private var open: [ObjectIdentifier: ClientConnection] = [:]
  private var waiting: [Exchange] = []

  init(_ loop: EventLoop, _ endpoint: Endpoint, _ settings: ThriftClientSettings) {
    self.loop = loop
    self.endpoint = endpoint
    self.settings = settings
  }

  /// Whether nothing would be lost without it.
  var isEmpty: Bool { open.isEmpty && waiting.isEmpty }

  /// Carries a call on a connection that is there, on a new one, or on the next one that is free.
  func start(_ exchange: Exchange) {
    while let connection = idle.popLast() {
      if connection.isUsable { return connection.start(exchange) }
      connection.close()
    }
    guard open.count < settings.connectionsPerInstance else { return waiting.append(exchange) }
    let connection = ClientConnection(self)
    open[ObjectIdentifier(connection)] = connection
    if let address = SocketAddress(host: endpoint.host, port: endpoint.port) {
      return connection.connect([address], for: exchange)
    }
    NameLookup.start(loop, host: endpoint.host, port: endpoint.port) { [self] result in
      guard !exchange.isOver else { return remove(connection) }
      switch result {
      case .success(let addresses): connection.connect(addresses, for: exchange)
      case .failure(let error):
        remove(connection)
        exchange.fail(.notConnected, error.message, wasSent: false)
      }
    }
  }

  /// A connection has no call any more.
  func release(_ connection: ClientConnection) {
    if let next = takeWaiting() { return connection.start(next) }
    guard settings.idleTimeout > .zero else { return connection.close() }
    idle.append(connection)
  }

  /// A connection has ended.
  func remove(_ connection: ClientConnection) {
    guard open.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    idle.removeAll { $0 === connection }
    if let next = takeWaiting() { start(next) }
  }

  private func takeWaiting() -> Exchange? {
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      if !next.isOver { return next }
    }
    return nil
  }

  /// Closes connections that have been without a call for too long.
  func sweep(olderThan age: UInt64) {
    waiting.removeAll { $0.isOver }
    for connection in idle where loop.now &- connection.idleSince >= age { connection.close() }
  }

  func closeAll() {
    waiting = []
    for connection in Array(open.values) { connection.close() }
  }
}
