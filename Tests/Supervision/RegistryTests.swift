internal import MusterProcess
internal import MusterSupervision
internal import Testing

@Suite("A supervised program and its registry")
struct RegistryTests {
  @Test("a heartbeat is sent three times in a TTL")
  func heartbeats() throws {
    var scenario = Scenario.serving { $0.ttl = .seconds(9) }
    for _ in 0..<3 {
      let beat = try scenario.wait()
      #expect(beat == (.seconds(3), [.ask(service: 0, .heartbeat)]))
      #expect(scenario.supervisor.deadline == nil, "one request at a time")
      #expect(scenario.send(.answered(service: 0, .done)) == [])
    }
  }

  @Test("a registry that has forgotten it gets it again at once, and is told that it passes")
  func forgotten() {
    var scenario = Scenario.serving()
    #expect(scenario.waitActions() == [.ask(service: 0, .heartbeat)])
    #expect(scenario.send(.answered(service: 0, .unknown)) == [.ask(service: 0, .register)])
    let again = scenario.send(.answered(service: 0, .done))
    #expect(again == [.tell("registered web-1 again"), .ask(service: 0, .heartbeat)])
  }

  @Test("a registry that forgets at once is not asked without a pause")
  func forgetful() throws {
    var scenario = Scenario()
    scenario.become(ready: 1)
    for _ in 0..<5 {
      #expect(scenario.send(.answered(service: 0, .done)).done == [.ask(service: 0, .heartbeat)])
      #expect(scenario.send(.answered(service: 0, .unknown)) == [])
      let next = try scenario.wait()
      #expect(next.passed >= .milliseconds(50))
      #expect(next.actions == [.ask(service: 0, .register)])
    }
  }

  @Test(
    "one that is away is told of once and asked again within 2 s; when it is back the service is there at once",
    arguments: [true, false])
  func away(wasRegistered: Bool) throws {
    var scenario = Scenario()
    scenario.become(ready: 1)
    if wasRegistered {
      _ = scenario.send(.answered(service: 0, .done))
      _ = scenario.send(.answered(service: 0, .done))
      #expect(scenario.waitActions() == [.ask(service: 0, .heartbeat)])
    }
    let first = scenario.send(.answered(service: 0, .away("connection refused")))
    #expect(
      first == [.tell("the registry is away: connection refused; prog runs on, and is registered when it is back")])
    let request: Lease.Request = wasRegistered ? .heartbeat : .register
    var waits: [Duration] = []
    for _ in 0..<20 {
      let next = try scenario.wait()
      waits.append(next.passed)
      #expect(next.actions == [.ask(service: 0, request)])
      #expect(scenario.send(.answered(service: 0, .away("timed out"))) == [])
    }
    #expect(waits.allSatisfy { $0 <= .seconds(2) } && waits[0] <= .milliseconds(200))
    #expect(waits[6...].allSatisfy { $0 >= .seconds(1) } && Set(waits[6...]).count > 10, "spread by chance")
    _ = try scenario.wait()
    let back = scenario.send(.answered(service: 0, wasRegistered ? .unknown : .done))
    #expect(back.told.first == "the registry is back")
    #expect(back.done == [.ask(service: 0, wasRegistered ? .register : .heartbeat)])
  }

  @Test("one that is away for several services is told of once")
  func awayForAll() {
    var scenario = Scenario(services: ["a", "b"])
    scenario.become(ready: 1)
    #expect(scenario.send(.answered(service: 0, .away("no"))).told.count == 1)
    #expect(scenario.send(.answered(service: 1, .away("no"))).told.isEmpty)
  }

  @Test("one that refuses is told of once, and asked again half a minute later")
  func refused() throws {
    var scenario = Scenario()
    scenario.become(ready: 1)
    let actions = scenario.send(.answered(service: 0, .refused("status 403")))
    #expect(actions == [.tell("the registry refuses web-1: status 403; trying again every 30 s")])
    let next = try scenario.wait()
    #expect(next == (.seconds(30), [.ask(service: 0, .register)]))
    #expect(scenario.send(.answered(service: 0, .refused("status 403"))) == [])
  }

  @Test("what has no place to register is no registry")
  func noRegistry() {
    var scenario = Scenario()
    scenario.become(ready: 1)
    let actions = scenario.send(.answered(service: 0, .unknown))
    #expect(actions.told == ["the registry refuses web-1: status 404: there is no registry; trying again every 30 s"])
  }

  @Test(
    "answers are read as registries mean them",
    arguments: [
      (200, "", RegistryReply.done), (204, "", .done), (404, "no such check", .unknown),
      (500, "CheckID \"x\" does not have associated TTL", .unknown), (500, "Unknown check \"x\"", .unknown),
      (500, "no leader", .away("status 500: no leader")), (503, "", .away("status 503")),
      (429, "slow down", .away("status 429: slow down")), (403, "denied", .refused("status 403: denied")),
      (400, "bad", .refused("status 400: bad")), (302, "", .refused("status 302")),
    ])
  func replies(status: Int, text: String, reply: RegistryReply) {
    #expect(RegistryReply(status: status, text: text) == reply)
  }
}
