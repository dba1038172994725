internal import MusterCalling
public import MusterDiscovery
internal import MusterEventLoop
internal import MusterResilience
internal import MusterThreading

/// Carries calls, or connections, from local addresses to the instances of services.
///
/// `follow` keeps the lists of instances up to date; `start` listens; `drain` and `stop` end it.
public final class Proxy: Sendable {
  private let discovery: any ServiceDiscovery
  private let workers: [ProxyWorker]
  private let places: Locked<[SocketAddress]>
  private let log: ProxyLog
  let services: [SharedService]
  /// The services of which it is not known yet who is there.
  private let unknown: Monitor<Set<Int>>

  /// A proxy that does not listen yet.
  ///
  /// - Parameters:
  ///   - services: at least one.
  ///   - discovery: the registry.
  ///   - threads: how many loops share the connections, 1 … 64.
  ///   - log: gets lines without their ends, from any thread; at most a hundred in ten seconds.
  /// - Throws: `ProxyError` for the first setting that makes no sense.
  public init(
    _ services: [ProxySettings], discovery: any ServiceDiscovery, threads: Int = 1,
    log: @escaping @Sendable (ProxyLogLevel, String) -> Void
  ) throws(ProxyError) {
    guard !services.isEmpty else { throw ProxyError(.badSetting, "there is no service to carry calls to") }
    guard 1...64 ~= threads else {
      throw ProxyError(.badSetting, "the number of threads is \(threads): it must be from 1 to 64")
    }
    self.discovery = discovery
    let log = ProxyLog(log)
    let workers = (0..<threads).map { _ in ProxyWorker() }
    var places: [SocketAddress] = []
    var shared: [SharedService] = []
    for (index, settings) in services.enumerated() {
      try settings.validate()
      guard let place = SocketAddress(host: settings.listen.host, port: settings.listen.port) else {
        throw ProxyError(
          .badSetting,
          "the address '\(settings.listen.host.prefix(60))' to listen on: it must be an IP address or localhost")
      }
      places.append(place)
      shared.append(try SharedService(settings, number: index, workers, log))
    }
    self.log = log
    self.workers = workers
    self.places = Locked(places)
    self.services = shared
    unknown = Monitor(Set(services.indices))
  }

  deinit { stop() }

  /// Where it is to listen, or does.
  var listening: [SocketAddress] { places.withLock { $0 } }

  /// Follows the services in the registry until the task is cancelled.
  public func follow() async {
    await withTaskGroup(of: Void.self) { group in
      for (index, service) in services.enumerated() {
        group.addTask { await self.follow(service, index) }
        if let interval = service.settings.calls.outliers?.interval {
          group.addTask {
            // Only cancellation ends the wait.
            while (try? await Task.sleep(for: interval)) != nil { service.caller.sweep(at: .now) }
          }
        }
      }
    }
  }

  private func follow(_ service: SharedService, _ index: Int) async {
    for await snapshot in discovery.watch(service.settings.service) {
      service.take(snapshot)
      // A stale empty list says that nothing is known.
      if !snapshot.instances.isEmpty || snapshot.freshness == .live {
        for worker in workers { worker.inbox.push(.instances(service: index, snapshot.instances)) }
      }
      unknown.withLock { _ = $0.remove(index) }
      unknown.signal()
    }
  }

  /// Listens, as soon as the registry has answered or has turned out to be away.
  ///
  /// - Parameter patience: how long to wait for that.
  /// - Returns: where it listens for each service.
  /// - Throws: `ProxyError` if an address can't be listened on; nothing is open then.
  public func start(within patience: Duration = .seconds(5)) throws(ProxyError) -> [(service: String, address: String)]
  {
    _ = unknown.wait(until: .now + patience) { $0.isEmpty ? true : nil }
    var addresses = listening
    do {
      // Sockets that share a port don't notice that another program has it.
      if workers.count > 1 { for place in addresses where place.port != 0 { _ = try BoundSocket(.tcp, place) } }
      for worker in workers { addresses = try worker.start(services, at: addresses, isShared: workers.count > 1) }
    } catch {
      stop()
      throw ProxyError(.cannotListen, error.message)
    }
    let bound = addresses
    places.withLock { $0 = bound }
    return zip(services, bound).map { ($0.settings.service, $1.description) }
  }

  /// Takes no more connections and calls, and waits until those under way have ended.
  ///
  /// - Returns: whether all have.
  public func drain(within time: Duration) -> Bool {
    for worker in workers { worker.inbox.push(.drain) }
    let end = ContinuousClock.now + time
    let pause = Monitor(())
    while !workers.allSatisfy(\.isIdle) {
      guard ContinuousClock.now < end else { return false }
      _ = pause.wait(until: min(end, .now + .milliseconds(10))) { _ in Bool?.none }
    }
    return true
  }

  /// Closes everything.
  public func stop() {
    for worker in workers { worker.stop() }
  }
}
