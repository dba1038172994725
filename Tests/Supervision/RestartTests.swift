internal import MusterProcess
internal import MusterSupervision
internal import Testing

@Suite("Starting a failed program again")
struct RestartTests {
  private func failing() -> Scenario { .serving { $0.restart = .onFailure } }

  @Test("it is deregistered while it is down, and registered when it is ready again")
  func registration() {
    var scenario = failing()
    let down = scenario.send(.ended(.exited(1)))
    #expect(down.done == [.ask(service: 0, .deregister)])
    #expect(down.told.count == 1 && down.told[0].hasPrefix("prog ended with exit code 1; starting it again in "))
    #expect(scenario.send(.answered(service: 0, .done)) == [])
    #expect(scenario.waitActions() == [.start])
    #expect(scenario.send(.started) == [.probe(launch: 2)])
    #expect(scenario.send(.probed(launch: 1, isReady: true)) == [], "a look at the earlier one")
    #expect(scenario.send(.probed(launch: 2, isReady: true)) == [.ask(service: 0, .register)])
  }

  @Test("one that is ready before its deregistration was answered is registered after that")
  func overlap() {
    var scenario = failing()
    _ = scenario.send(.ended(.exited(1)))
    _ = scenario.waitActions()
    scenario.become(ready: 2)
    #expect(scenario.send(.answered(service: 0, .done)) == [.ask(service: 0, .register)])
  }

  @Test("the waits double up to 30 s, at least half of each is waited, and a calm minute starts over")
  func backoff() throws {
    var scenario = failing()
    for (index, seconds) in [1, 2, 4, 8, 16, 30, 30, 30].enumerated() {
      _ = scenario.send(.ended(.killed(signal: 11)))
      _ = scenario.send(.answered(service: 0, .done))
      let next = try scenario.wait()
      #expect(next.actions == [.start])
      #expect(next.passed >= .milliseconds(seconds * 500) && next.passed <= .seconds(seconds))
      scenario.become(ready: index + 2)
      _ = scenario.send(.answered(service: 0, .done))
      _ = scenario.send(.answered(service: 0, .done))
    }
    scenario.now += .seconds(60)
    _ = scenario.send(.ended(.exited(2)))
    _ = scenario.send(.answered(service: 0, .done))
    let calm = try scenario.wait().passed
    #expect(calm <= .seconds(1))
  }

  @Test("one that ends with code 0 has done its work")
  func success() {
    var scenario = failing()
    #expect(scenario.send(.ended(.exited(0))) == [.ask(service: 0, .deregister)])
    #expect(scenario.send(.answered(service: 0, .done)) == [.exit(0)])
  }

  @Test("a program that is gone at a later start is waited for: it may be being replaced")
  func replaced() {
    var scenario = failing()
    _ = scenario.send(.ended(.exited(1)))
    _ = scenario.send(.answered(service: 0, .done))
    _ = scenario.waitActions()
    let actions = scenario.send(.notStarted(code: 127, reason: "there is no program 'x'"))
    #expect(actions.done == [])
    #expect(scenario.waitActions() == [.start])
  }

  @Test("a stop while it is down ends the supervision with the program's last code")
  func stop() {
    var scenario = failing()
    _ = scenario.send(.ended(.exited(7)))
    _ = scenario.send(.answered(service: 0, .done))
    #expect(scenario.send(.stop(isImpatient: false)) == [.exit(7)])
  }
}
