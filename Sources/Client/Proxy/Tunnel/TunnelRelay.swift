internal import MusterCalling
internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterResilience

/// One service on one loop whose connections are carried as they are: each is balanced once, when it begins.
final class TunnelRelay: Relay {
  let loop: EventLoop
  let settings: ProxySettings
  let caller: ServiceCaller
  let log: ProxyLog
  let tallies: ServiceTallies
  private var tunnels: [Tunnel] = []
  private var clock: LoopTimer?
  private var isDraining = false

  private static let interval = Duration.milliseconds(20)

  init(_ loop: EventLoop, _ service: SharedService) {
    self.loop = loop
    settings = service.settings
    caller = service.caller
    log = service.log
    tallies = service.tallies
    let timer = LoopTimer(loop) { [weak self] in self?.tick() }
    clock = timer
    timer.start(after: Self.interval, every: Self.interval)
  }

  func accept(_ connection: TCPConnection) {
    guard !isDraining, tunnels.count < settings.limits.connections else {
      log.write(
        .warning,
        "\(settings.service): client at \(Self.name(connection)) was refused: \(tunnels.count) connections are open")
      return connection.close()
    }
    do {
      // Nothing has been sent, so another instance does as well.
      let now = ContinuousClock.now
      try caller.begin(at: now)
      let tunnel = Tunnel(self, connection, caller.steps(after: now, isIdempotent: false))
      tunnel.index = tunnels.count
      tunnels.append(tunnel)
      tallies.update { $0.connections += 1 }
      tunnel.connect()
    } catch {
      tallies.update { $0.failed(after: .zero) }
      log.write(.warning, "client at \(Self.name(connection)): its connection was closed: \(error.message)")
      connection.close()
    }
  }

  private static func name(_ connection: TCPConnection) -> String {
    connection.peer?.description ?? "an unknown address"
  }

  func remove(_ tunnel: Tunnel) {
    let index = tunnel.index
    guard tunnels.indices.contains(index), tunnels[index] === tunnel else { return }
    let last = tunnels.removeLast()
    if last !== tunnel {
      last.index = index
      tunnels[index] = last
    }
    tallies.update { $0.connections -= 1 }
  }

  /// Finds out where an instance is.
  func findAddress(_ endpoint: Endpoint, _ done: @escaping (Result<SocketAddress, EventLoopError>) -> Void) {
    if let address = SocketAddress(host: endpoint.host, port: endpoint.port) { return done(.success(address)) }
    NameLookup.start(loop, host: endpoint.host, port: endpoint.port) { result in
      switch result.map(\.first) {
      case .success(let address?): done(.success(address))
      case .success(nil): done(.failure(EventLoopError(.addressNotAvailable, "\(endpoint.host) has no address")))
      case .failure(let error): done(.failure(error))
      }
    }
  }

  func update(_ instances: [Instance]) {
    let endpoints = Dictionary(instances.map { ($0.id, $0.endpoint) }) { first, _ in first }
    for tunnel in tunnels { tunnel.check(endpoints, at: loop.now) }
  }

  func rest(_ id: String) {}

  func drain() { isDraining = true }

  var isIdle: Bool { tunnels.isEmpty }

  func stop() {
    clock?.close()
    clock = nil
    for tunnel in tunnels { tunnel.close(because: nil) }
  }

  private func tick() {
    let now = loop.now
    for tunnel in tunnels { tunnel.tick(now) }
  }
}
