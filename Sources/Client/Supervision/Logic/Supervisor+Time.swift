internal import MusterTiming

extension Supervisor {
  /// When to send `Event.tick` at the latest; nil when nothing is to be done without another event.
  package var deadline: Duration? {
    let own: [Duration?] =
      switch phase {
      case .idle, .starting, .serving, .leaving, .over: []
      case .waiting(let probeAt, _, let deadline): [probeAt, deadline]
      case .restarting(let at, _): [at]
      case .draining(let until): [until]
      case .ending(let killAt, _): [killAt]
      }
    return (own + (isLeaving ? [] : leases.map(\.deadline))).compactMap(\.self).min()
  }

  /// Does what is due.
  mutating func advance(to now: Duration) {
    if !isLeaving { for service in leases.indices { ask(service, leases[service].due(at: now)) } }
    switch phase {
    case .waiting(_, _, let deadline) where deadline <= now:
      let limit = settings.startTimeout.goText
      actions.append(.tell("\(program.name) was not ready within \(limit): \(program.readiness); ending it"))
      end(.startTimeout, at: now)
    case .waiting(let probeAt?, let interval, let deadline) where probeAt <= now:
      actions.append(.probe(launch: launch))
      phase = .waiting(probeAt: nil, interval: interval, deadline: deadline)
    case .restarting(let at, _) where at <= now: start()
    case .draining(nil) where !leases.contains(where: \.isAsking): phase = .draining(until: now + settings.drain)
    case .draining(let until?) where until <= now: end(.stop, at: now)
    case .ending(let killAt?, let cause) where killAt <= now:
      actions.append(.tell("\(program.name) does not end: killing it"))
      actions.append(.kill)
      phase = .ending(killAt: nil, cause: cause)
    case .leaving(let code) where !leases.contains(where: \.isAsking):
      actions.append(.exit(code))
      phase = .over
    default: break
    }
  }
}
