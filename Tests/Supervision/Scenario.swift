internal import MusterProcess
internal import MusterSupervision

/// A supervisor whose time and events are given by hand.
struct Scenario {
  var supervisor: Supervisor
  var now = Duration.zero
  private var random = SeededGenerator(seed: 11)

  init(services: [String] = ["web-1"], _ change: (inout SupervisorSettings) -> Void = { _ in }) {
    var settings = SupervisorSettings()
    change(&settings)
    let program = SupervisedProgram(name: "prog", readiness: "no answer", services: services)
    supervisor = Supervisor(program, settings: settings)
  }

  /// One that serves and is registered.
  static func serving(
    services: [String] = ["web-1"], _ change: (inout SupervisorSettings) -> Void = { _ in }
  ) -> Scenario {
    var scenario = Scenario(services: services, change)
    scenario.become(ready: 1)
    for service in services.indices {
      _ = scenario.send(.answered(service: service, .done))
      _ = scenario.send(.answered(service: service, .done))
    }
    return scenario
  }

  /// Starts the program and finds it ready at the first look; the requests to register are under way then.
  mutating func become(ready launch: Int) {
    if launch == 1 { _ = send(.begin) }
    _ = send(.started)
    _ = send(.probed(launch: launch, isReady: true))
  }

  mutating func send(_ event: Supervisor.Event) -> [Supervisor.Action] {
    supervisor.handle(event, at: now, using: &random)
  }

  /// Why there is nothing to wait for.
  struct NothingIsDue: Error {}

  /// Lets time pass until the supervisor wants to be asked.
  mutating func wait() throws -> (passed: Duration, actions: [Supervisor.Action]) {
    guard let deadline = supervisor.deadline else { throw NothingIsDue() }
    let passed = deadline - now
    now = deadline
    return (passed, send(.tick))
  }

  /// What is done then; nothing when nothing is due.
  mutating func waitActions() -> [Supervisor.Action] { (try? wait().actions) ?? [] }
}

extension [Supervisor.Action] {
  /// What a person is told.
  var told: [String] {
    compactMap { action in
      if case .tell(let message) = action { message } else { nil }
    }
  }

  /// The others.
  var done: [Supervisor.Action] {
    filter { action in
      if case .tell = action { false } else { true }
    }
  }
}
