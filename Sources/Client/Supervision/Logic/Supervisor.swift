internal import MusterProcess

/// What is done about a program and its places in the registry.
///
/// It is told what happened and when, and says what to do; it does nothing itself. Times are those since it was made.
package struct Supervisor: Sendable {
  enum EndCause { case stop, startTimeout }

  enum Phase {
    case idle
    /// `Action.start` is under way; a stop that comes meanwhile is remembered.
    case starting(isStopping: Bool)
    /// The program runs and is not ready; `probeAt` is nil while a probe is under way.
    case waiting(probeAt: Duration?, interval: Duration, deadline: Duration)
    /// The program is ready, and kept in the registry.
    case serving(since: Duration)
    /// The program failed, with this code.
    case restarting(at: Duration, code: Int32)
    /// Callers notice that the service leaves; the time starts when the registry has answered.
    case draining(until: Duration?)
    /// The program was told to end; no more is done when `killAt` is nil.
    case ending(killAt: Duration?, cause: EndCause)
    /// The program is gone; the registry is still being told.
    case leaving(code: Int32)
    case over
  }

  let settings: SupervisorSettings
  let program: SupervisedProgram
  var phase = Phase.idle
  var leases: [Lease]
  var isRegistryAway = false
  var actions: [Action] = []
  var launch = 0
  var restarts = Backoff(first: .seconds(1), longest: .seconds(30))

  /// Makes one that has not started the program.
  package init(_ program: SupervisedProgram, settings: SupervisorSettings) {
    self.program = program
    self.settings = settings
    leases = program.services.map { _ in Lease(heartbeatInterval: settings.ttl / 3) }
  }

  /// Takes an event and says what to do, in this order.
  package mutating func handle(
    _ event: Event, at now: Duration, using random: inout some RandomNumberGenerator
  ) -> [Action] {
    switch event {
    case .begin: start()
    case .started: started(at: now)
    case .notStarted(let code, let reason): notStarted(code, reason, at: now, using: &random)
    case .probed(let launch, let isReady): if launch == self.launch { probed(isReady, at: now) }
    case .ended(let status): ended(status, at: now, using: &random)
    case .answered(let service, let reply): answered(service, reply, at: now, using: &random)
    case .stop(let isImpatient): stop(isImpatient, at: now)
    case .pass(let signal): if hasProgram { actions.append(.signal(signal)) }
    case .tick: break
    }
    advance(to: now)
    defer { actions = [] }
    return actions
  }
}
