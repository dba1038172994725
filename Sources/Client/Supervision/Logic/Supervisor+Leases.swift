internal import MusterTiming

extension Supervisor {
  var isLeaving: Bool {
    switch phase {
    case .leaving, .over: true
    default: false
    }
  }

  /// Whether there is a program that signals can be sent to.
  var hasProgram: Bool {
    switch phase {
    case .waiting, .serving, .draining, .ending: true
    case .idle, .starting, .restarting, .leaving, .over: false
    }
  }

  /// Whether the service is on its way out, so that the registry's absence is no news.
  private var isStopping: Bool {
    switch phase {
    case .draining, .ending, .leaving, .over: true
    case .idle, .starting, .waiting, .serving, .restarting: false
    }
  }

  mutating func ask(_ service: Int, _ request: Lease.Request?) {
    if let request { actions.append(.ask(service: service, request)) }
  }

  /// Takes all services out of the registry.
  mutating func drop() {
    for service in leases.indices { ask(service, leases[service].drop()) }
  }

  /// Ends with this code as soon as the registry was told.
  mutating func leave(_ code: Int32) {
    drop()
    phase = .leaving(code: code)
  }

  mutating func answered(
    _ service: Int, _ reply: RegistryReply, at now: Duration, using random: inout some RandomNumberGenerator
  ) {
    guard leases.indices.contains(service) else { return }
    tellOfAbsence(reply)
    let (next, news) = leases[service].answered(reply, at: now, using: &random)
    if let news { tell(news, of: program.services[service]) }
    ask(service, next)
  }

  private mutating func tellOfAbsence(_ reply: RegistryReply) {
    guard case .away(let reason) = reply else {
      if isRegistryAway, !isStopping { actions.append(.tell("the registry is back")) }
      isRegistryAway = false
      return
    }
    if !isRegistryAway, !isStopping {
      actions.append(
        .tell("the registry is away: \(reason); \(program.name) runs on, and is registered when it is back"))
    }
    isRegistryAway = true
  }

  private mutating func tell(_ news: Lease.News, of service: String) {
    switch news {
    case .registered, .registeredAgain, .refused:
      if isStopping { return }
    case .notDeregistered:
      if !isLeaving { return }
    }
    switch news {
    case .registered: actions.append(.tell("registered \(service)"))
    case .registeredAgain: actions.append(.tell("registered \(service) again"))
    case .refused(let reason):
      actions.append(.tell("the registry refuses \(service): \(reason); trying again every 30 s"))
    case .notDeregistered(let reason):
      actions.append(.tell("\(service) could not be deregistered: \(reason); its lease ends in \(settings.ttl.goText)"))
    }
  }
}
