internal import Glibc
internal import MusterProcess
package import MusterThreading

/// Carries out what a `Supervisor` decides: starts the program, talks to the registry, hands signals on.
///
/// Every thing that blocks has a thread of its own and reports to the one that decides.
package final class Supervision: Sendable {
  /// The signals that end the program in order, and those that are handed on to it.
  private static let ending = [SIGTERM, SIGINT]
  private static let passing = [SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH]

  private let command: [String]
  private let settings: SupervisorSettings
  private let tell: @Sendable (String) -> Void
  private let described: SupervisedProgram
  private let links: [RegistryLink]
  private let probe: ReadinessProbe
  private let events = Mailbox<Supervisor.Event>(capacity: 1_024)
  private let program = Locked<Program?>(nil)

  /// Prepares a supervision.
  ///
  /// - Parameters:
  ///   - command: The program, looked up in PATH unless it has a slash, and its arguments.
  ///   - services: What it is registered as.
  ///   - readiness: What shows that it can serve.
  ///   - registry: Where it is registered.
  ///   - settings: How it is supervised.
  ///   - tell: Gets messages for a person.
  package init(
    _ command: [String], services: [SupervisedService], readiness: Readiness, registry: RegistryAccess,
    settings: SupervisorSettings, tell: @escaping @Sendable (String) -> Void
  ) {
    self.command = command
    self.settings = settings
    self.tell = tell
    described = SupervisedProgram(
      name: command.first ?? "", readiness: readiness.explanation, services: services.map(\.id))
    let events = events
    links = services.enumerated().map { place, service in
      RegistryLink(service, registry) { Self.post(.answered(service: place, $0), to: events) }
    }
    probe = ReadinessProbe(readiness) { Self.post(.probed(launch: $0, isReady: $1), to: events) }
  }

  /// What the program inherits: none of the connections that this process opens.
  private static let inherited = Descriptors.openNow()

  /// Keeps the signals that a supervision wants from interrupting anything, and notes which descriptors the program is to
  /// get; call it before any thread is started and anything is opened.
  package static func prepare() {
    _ = inherited
    Signals.hold(ending + passing + [SIGCONT, SIGTTOU])
  }

  /// Runs the program to its end.
  ///
  /// - Returns: The code to exit with.
  /// - Throws: `ThreadingError` when the system has no more threads; nothing was started then.
  package func run() throws(ThreadingError) -> Int32 {
    for link in links { try link.start() }
    try probe.start()
    _ = try WorkerThread(name: "signals") { self.followSignals() }
    let clock = ContinuousClock()
    let start = clock.now
    var supervisor = Supervisor(described, settings: settings)
    var random = SystemRandomNumberGenerator()
    var pending: [Supervisor.Event] = [.begin]
    while true {
      for event in pending {
        var next: Supervisor.Event? = event
        while let event = next {
          next = nil
          for action in supervisor.handle(event, at: clock.now - start, using: &random) {
            if case .exit(let code) = action { return code }
            next = carryOut(action) ?? next
          }
        }
      }
      let taken = events.takeAll(upTo: 64, until: supervisor.deadline.map { start + $0 })
      pending = taken.isEmpty ? [.tick] : taken
    }
  }

  /// Does what was decided; what comes back is the next event.
  private func carryOut(_ action: Supervisor.Action) -> Supervisor.Event? {
    switch action {
    case .start: return launch()
    case .probe(let launch): probe.look(launch: launch)
    case .ask(let service, let request): links[service].ask(request)
    case .signal(let number): current?.send(number)
    case .kill: current?.sendToGroup(SIGKILL)
    case .tell(let message): tell(message)
    case .exit: break
    }
    return nil
  }

  private var current: Program? { program.withLock { $0 } }

  private func launch() -> Supervisor.Event {
    do throws(ProcessError) {
      let started = try Program(command, inherited: Self.inherited)
      program.withLock { $0 = started }
      return follow(started)
    } catch {
      return .notStarted(code: error.code.exitStatus, reason: error.message)
    }
  }

  private func follow(_ program: Program) -> Supervisor.Event {
    do throws(ThreadingError) {
      _ = try WorkerThread(name: "program") { [events] in
        while true {
          switch program.wait() {
          case .stopped(let signal): SharedTerminal.attend(to: program, stoppedBy: signal)
          case .ended(let status):
            SharedTerminal.takeBack(from: program)
            return Self.post(.ended(status), to: events)
          }
        }
      }
      return .started
    } catch {
      // A program that nobody waits for can't be supervised.
      program.sendToGroup(SIGKILL)
      return .notStarted(code: 1, reason: error.message)
    }
  }

  private func followSignals() {
    while true {
      let number = Signals.wait(for: Self.ending + Self.passing + [SIGCONT])
      if number == SIGCONT {
        if let current { SharedTerminal.resume(current) }
      } else {
        let event: Supervisor.Event =
          Self.ending.contains(number) ? .stop(isImpatient: number == SIGINT) : .pass(number)
        Self.post(event, to: events)
      }
    }
  }

  /// Reports, and waits while there is no room: an event that is lost would leave things undone.
  private static func post(_ event: Supervisor.Event, to events: Mailbox<Supervisor.Event>) {
    while !events.push(event) { usleep(1_000) }
  }
}
