internal import MusterCalling
internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterResilience

/// What all loops share of a service.
struct SharedService: Sendable {
  let settings: ProxySettings
  let caller: ServiceCaller
  let log: ProxyLog
  let tallies: ServiceTallies

  init(_ settings: ProxySettings, number: Int, _ workers: [ProxyWorker], _ log: ProxyLog) throws(ProxyError) {
    self.settings = settings
    self.log = log
    let tallies = ServiceTallies(settings.idempotent)
    self.tallies = tallies
    let service = settings.service
    do {
      caller = try ServiceCaller(service, settings: settings.calls) { event in
        Self.observe(event, of: service, tallies, log)
        guard let id = event.resting else { return }
        for worker in workers { worker.inbox.push(.rest(service: number, id: id)) }
      }
    } catch {
      throw ProxyError(.badSetting, "\(service): \(error)")
    }
  }

  /// A list has come from the registry.
  func take(_ snapshot: Snapshot) {
    caller.update(snapshot)
    switch snapshot.freshness {
    case .live:
      let wasAway = tallies.read { $0.registryTrouble != nil }
      tallies.update { $0.registryTrouble = nil }
      if wasAway { log.write(.info, "\(settings.service): the registry answers again") }
      tallies.keep(Set(snapshot.instances.map(\.id)))
      log.write(.debug, "\(settings.service): \(snapshot.instances.count) instances")
    case .stale(let reason):
      tallies.update { $0.registryTrouble = reason }
      log.write(
        .warning,
        "\(settings.service): the registry does not answer, the last \(snapshot.instances.count) instances are used: \(reason)"
      )
    }
  }

  private static func observe(_ event: ResilienceEvent, of service: String, _ tallies: ServiceTallies, _ log: ProxyLog)
  {
    switch event {
    case .ejected: tallies.update { $0.ejections += 1 }
    case .breakerOpened: tallies.update { $0.opened += 1 }
    default: break
    }
    log.write(event.isRoutine ? .debug : .info, "\(service): \(event)")
  }
}

extension ResilienceEvent {
  /// The instance that gets no calls for a while from now on.
  fileprivate var resting: String? {
    switch self {
    case .ejected(let id, _, _), .breakerOpened(let id, _, _): id
    default: nil
    }
  }

  /// Whether it is about a single call.
  fileprivate var isRoutine: Bool {
    switch self {
    case .ejected, .spared, .readmitted, .breakerOpened, .breakerClosed: false
    default: true
    }
  }
}
