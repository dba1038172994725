internal import MusterProcess
internal import MusterSupervision
internal import Testing

@Suite("Starting a program under supervision")
struct StartTests {
  @Test("it is registered when it is ready and not before, and looked at less and less often until then")
  func readiness() throws {
    var scenario = Scenario()
    #expect(scenario.send(.begin) == [.start])
    #expect(scenario.send(.started) == [.probe(launch: 1)])
    #expect(scenario.supervisor.deadline == .seconds(60), "one look at a time")
    for milliseconds in [50, 100, 200, 400, 500, 500] {
      #expect(scenario.send(.probed(launch: 1, isReady: false)) == [])
      let (passed, actions) = try scenario.wait()
      #expect(passed == .milliseconds(milliseconds))
      #expect(actions == [.probe(launch: 1)])
    }
    #expect(scenario.send(.probed(launch: 1, isReady: true)) == [.ask(service: 0, .register)])
    let registered = scenario.send(.answered(service: 0, .done))
    #expect(registered == [.tell("registered web-1"), .ask(service: 0, .heartbeat)])
  }

  @Test("all its services are registered, each by itself")
  func services() {
    var scenario = Scenario(services: ["web-1", "admin-2"])
    _ = scenario.send(.begin)
    _ = scenario.send(.started)
    let asked = scenario.send(.probed(launch: 1, isReady: true))
    #expect(asked == [.ask(service: 0, .register), .ask(service: 1, .register)])
    #expect(scenario.send(.answered(service: 1, .done)).told == ["registered admin-2"])
    #expect(scenario.send(.answered(service: 9, .done)) == [], "no such service")
  }

  @Test(
    "one that can't be started ends the supervision with a shell's code, also when failures are started again",
    arguments: SupervisorSettings.Restart.allCases)
  func missing(restart: SupervisorSettings.Restart) {
    var scenario = Scenario { $0.restart = restart }
    _ = scenario.send(.begin)
    let actions = scenario.send(.notStarted(code: 127, reason: "there is no program 'x' in PATH"))
    #expect(actions == [.tell("there is no program 'x' in PATH"), .exit(127)])
    #expect(scenario.supervisor.deadline == nil)
  }

  @Test("one that is not ready in time is ended, killed if need be, and the code is 1")
  func startTimeout() {
    var scenario = Scenario { $0.startTimeout = .seconds(5) }
    _ = scenario.send(.begin)
    _ = scenario.send(.started)
    let late = scenario.waitActions()
    #expect(scenario.now == .seconds(5))
    #expect(late == [.tell("prog was not ready within 5s: no answer; ending it"), .signal(15)])
    #expect(scenario.send(.probed(launch: 1, isReady: true)) == [], "too late")
    #expect(scenario.waitActions().done == [.kill])
    #expect(scenario.now == .seconds(15))
    #expect(scenario.send(.ended(.killed(signal: 9))).done == [.exit(1)])
  }

  @Test("one that is not ready in time is a failure that --restart on-failure starts again")
  func startTimeoutRestarts() {
    var scenario = Scenario { $0.restart = .onFailure }
    _ = scenario.send(.begin)
    _ = scenario.send(.started)
    #expect(scenario.waitActions().done == [.signal(15)])
    #expect(scenario.send(.ended(.exited(0))).done == [])
    #expect(scenario.waitActions() == [.start])
  }

  @Test("a stop before it is ready ends it at once: nobody knows it")
  func stopBeforeReady() {
    var scenario = Scenario()
    _ = scenario.send(.begin)
    #expect(scenario.send(.stop(isImpatient: false)) == [], "it is being started")
    #expect(scenario.send(.started) == [.signal(15)])
    #expect(scenario.send(.probed(launch: 1, isReady: true)) == [])
    #expect(scenario.send(.ended(.killed(signal: 15))) == [.exit(143)])
  }
}
