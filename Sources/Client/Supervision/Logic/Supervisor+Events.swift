package import MusterProcess

extension Supervisor {
  /// What can happen.
  package enum Event: Sendable {
    /// The first of all.
    case begin
    /// `Action.start` was done.
    case started
    /// `Action.start` failed.
    case notStarted(code: Int32, reason: String)
    /// `Action.probe` was done.
    case probed(launch: Int, isReady: Bool)
    /// The program ended.
    case ended(ProgramEnd)
    /// `Action.ask` was done.
    case answered(service: Int, RegistryReply)
    /// A signal asked to end; an impatient one does not wait when it comes again.
    case stop(isImpatient: Bool)
    /// A signal came that is the program's.
    case pass(Int32)
    /// The deadline was reached.
    case tick
  }

  /// What can be done.
  package enum Action: Equatable, Sendable {
    /// Start the program; `Event.started` or `notStarted` comes next.
    case start
    /// See whether the program is ready, and report it with the same number.
    case probe(launch: Int)
    /// Ask the registry about a service, by its place.
    case ask(service: Int, Lease.Request)
    /// Send the program a signal.
    case signal(Int32)
    /// Kill the program and its group.
    case kill
    /// Tell a person.
    case tell(String)
    /// End with a code.
    case exit(Int32)
  }
}

extension ProgramEnd {
  /// The end of a sentence.
  var words: String {
    switch self {
    case .exited(let code): "ended with exit code \(code)"
    case .killed(let signal): "was killed by signal \(signal)"
    }
  }
}
