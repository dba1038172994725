internal import MusterProcess
internal import MusterSupervision
internal import Testing

@Suite("The end of a program under supervision")
struct EndTests {
  @Test(
    "it is deregistered at once, and its code is passed on when that is done",
    arguments: [
      (ProgramEnd.exited(0), Int32(0), []), (.exited(3), 3, ["prog ended with exit code 3"]),
      (.killed(signal: 9), 137, ["prog was killed by signal 9"]),
    ])
  func ends(status: ProgramEnd, code: Int32, told: [String]) {
    var scenario = Scenario.serving()
    let actions = scenario.send(.ended(status))
    #expect(actions.done == [.ask(service: 0, .deregister)])
    #expect(actions.told == told)
    #expect(scenario.send(.answered(service: 0, .done)) == [.exit(code)])
    #expect(scenario.send(.stop(isImpatient: true)) == [], "it is over")
  }

  @Test("a request that is under way is answered before it is deregistered, so that the last word is the right one")
  func underWay() {
    var scenario = Scenario()
    scenario.become(ready: 1)
    #expect(scenario.send(.ended(.exited(1))).done == [])
    #expect(scenario.send(.answered(service: 0, .done)) == [.ask(service: 0, .deregister)])
    #expect(scenario.send(.answered(service: 0, .unknown)) == [.exit(1)])
  }

  @Test("a registry that is away does not hold up the end")
  func away() {
    var scenario = Scenario.serving()
    _ = scenario.send(.ended(.exited(0)))
    let actions = scenario.send(.answered(service: 0, .away("refused")))
    #expect(actions == [.tell("web-1 could not be deregistered: refused; its lease ends in 10s"), .exit(0)])
  }

  @Test("SIGTERM deregisters, then waits for callers to notice, then ends the program, then kills it")
  func stop() throws {
    var scenario = Scenario.serving(services: ["a", "b"]) { $0.drain = .seconds(3) }
    let actions = scenario.send(.stop(isImpatient: false))
    #expect(actions == [.ask(service: 0, .deregister), .ask(service: 1, .deregister)])
    scenario.now += .seconds(1)
    #expect(scenario.send(.answered(service: 0, .done)) == [])
    #expect(scenario.supervisor.deadline == nil, "the drain begins when all are gone")
    #expect(scenario.send(.answered(service: 1, .done)) == [])
    let drained = try scenario.wait()
    #expect(drained == (.seconds(3), [.signal(15)]))
    #expect(scenario.send(.stop(isImpatient: false)) == [])
    let ungraceful = try scenario.wait()
    #expect(ungraceful == (.seconds(10), [.tell("prog does not end: killing it"), .kill]))
    #expect(scenario.supervisor.deadline == nil)
    #expect(scenario.send(.ended(.killed(signal: 9))) == [.exit(137)])
  }

  @Test("a program that ends while it is drained ends the wait")
  func endsInDrain() {
    var scenario = Scenario.serving { $0.restart = .onFailure }
    _ = scenario.send(.stop(isImpatient: false))
    _ = scenario.send(.answered(service: 0, .done))
    #expect(scenario.send(.ended(.exited(1))) == [.exit(1)], "a stop is not followed by a start")
  }

  @Test("a second SIGINT ends the drain, a third kills; SIGTERM changes nothing")
  func impatience() {
    var scenario = Scenario.serving()
    _ = scenario.send(.stop(isImpatient: true))
    _ = scenario.send(.answered(service: 0, .done))
    #expect(scenario.send(.stop(isImpatient: false)) == [])
    #expect(scenario.send(.stop(isImpatient: true)) == [.signal(15)])
    #expect(scenario.send(.stop(isImpatient: false)) == [])
    #expect(scenario.send(.stop(isImpatient: true)).done == [.kill])
    #expect(scenario.send(.stop(isImpatient: true)) == [])
  }

  @Test("what could not be deregistered is tried again during the drain, quietly, and once more at the end")
  func deregistrationFails() throws {
    var scenario = Scenario.serving()
    _ = scenario.send(.stop(isImpatient: false))
    var tries = 0
    var actions = scenario.send(.answered(service: 0, .away("no")))
    while actions.done != [.signal(15)] {
      #expect(actions == [] || actions == [.ask(service: 0, .deregister)])
      if actions != [] {
        tries += 1
        _ = scenario.send(.answered(service: 0, .away("no")))
      }
      actions = try scenario.wait().actions
    }
    #expect(tries >= 2)
    #expect(scenario.now == .seconds(2))
    #expect(scenario.send(.ended(.exited(0))) == [.ask(service: 0, .deregister)])
    #expect(scenario.send(.answered(service: 0, .done)) == [.exit(0)])
  }

  @Test("other signals are the program's while there is one")
  func signals() {
    var scenario = Scenario()
    #expect(scenario.send(.pass(1)) == [])
    scenario.become(ready: 1)
    #expect(scenario.send(.pass(10)) == [.signal(10)])
    _ = scenario.send(.stop(isImpatient: false))
    #expect(scenario.send(.pass(28)) == [.signal(28)])
    _ = scenario.send(.ended(.exited(0)))
    #expect(scenario.send(.pass(1)) == [])
  }
}
