internal import MusterProcess

extension Supervisor {
  /// The first wait between two probes, and the longest: a program that takes long is not flooded.
  private static let probeIntervals = (first: Duration.milliseconds(50), longest: Duration.milliseconds(500))
  /// A program that has served for so long is not failing over and over.
  private static let calm = Duration.seconds(60)
  /// The number of SIGTERM on Linux.
  private static let terminate: Int32 = 15

  mutating func start() {
    launch += 1
    phase = .starting(isStopping: false)
    actions.append(.start)
  }

  mutating func started(at now: Duration) {
    guard case .starting(let isStopping) = phase else { return }
    if isStopping { return end(.stop, at: now) }
    phase = .waiting(probeAt: now, interval: Self.probeIntervals.first, deadline: now + settings.startTimeout)
  }

  mutating func notStarted(
    _ code: Int32, _ reason: String, at now: Duration, using random: inout some RandomNumberGenerator
  ) {
    guard case .starting(let isStopping) = phase else { return }
    // What could be started once may be being replaced; what never could is a mistake.
    failed(reason, code, canRestart: launch > 1 && !isStopping, at: now, using: &random)
  }

  mutating func probed(_ isReady: Bool, at now: Duration) {
    guard case .waiting(_, let interval, let deadline) = phase else { return }
    guard isReady else {
      let longer = min(interval * 2, Self.probeIntervals.longest)
      return phase = .waiting(probeAt: now + interval, interval: longer, deadline: deadline)
    }
    phase = .serving(since: now)
    for service in leases.indices { ask(service, leases[service].keep()) }
  }

  mutating func ended(
    _ status: ProgramEnd, at now: Duration, using random: inout some RandomNumberGenerator
  ) {
    switch phase {
    case .waiting, .serving:
      if case .serving(let since) = phase, now - since >= Self.calm { restarts.succeed() }
      guard status != .exited(0) else { return leave(0) }
      failed("\(program.name) \(status.words)", status.code, canRestart: true, at: now, using: &random)
    case .draining, .ending(_, .stop): leave(status.code)
    case .ending(_, .startTimeout): failed("\(program.name) ended", 1, canRestart: true, at: now, using: &random)
    case .idle, .starting, .restarting, .leaving, .over: break
    }
  }

  private mutating func failed(
    _ reason: String, _ code: Int32, canRestart: Bool, at now: Duration, using random: inout some RandomNumberGenerator
  ) {
    guard settings.restart == .onFailure, canRestart else {
      actions.append(.tell(reason))
      return leave(code)
    }
    let delay = restarts.fail(using: &random)
    let seconds = Double(delay / .milliseconds(100)).rounded() / 10
    actions.append(.tell("\(reason); starting it again in \(seconds) s"))
    drop()
    phase = .restarting(at: now + delay, code: code)
  }

  mutating func stop(_ isImpatient: Bool, at now: Duration) {
    switch phase {
    case .idle: leave(0)
    case .starting: phase = .starting(isStopping: true)
    case .waiting: end(.stop, at: now)
    case .serving:
      let isKnown = leases.contains(where: \.mayBeRegistered)
      drop()
      if isKnown { phase = .draining(until: nil) } else { end(.stop, at: now) }
    case .restarting(_, let code): leave(code)
    case .draining: if isImpatient { end(.stop, at: now) }
    case .ending(let killAt?, .stop): if isImpatient { phase = .ending(killAt: min(killAt, now), cause: .stop) }
    case .ending(let killAt, .startTimeout): phase = .ending(killAt: killAt, cause: .stop)
    case .ending, .leaving, .over: break
    }
  }

  mutating func end(_ cause: EndCause, at now: Duration) {
    actions.append(.signal(Self.terminate))
    phase = .ending(killAt: now + settings.grace, cause: cause)
  }
}
