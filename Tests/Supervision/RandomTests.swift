internal import MusterProcess
internal import MusterSupervision
internal import Testing

/// A world that answers in any order, and keeps count of what the supervisor has under way.
@Suite("A supervisor in a world that does anything")
struct RandomTests {
  @Test("never asks twice at once, never spins, and always comes to an end", arguments: 0..<40)
  func world(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var scenario = Scenario(services: ["a", "b"]) { $0.restart = seed % 2 == 0 ? .never : .onFailure }
    var world = World()
    try world.take(scenario.send(.begin))
    for step in 0..<600 where !world.isOver {
      scenario.now += .milliseconds(Int.random(in: 0...400, using: &random))
      let event = step > 400 ? Supervisor.Event.stop(isImpatient: true) : world.event(using: &random)
      world.note(event)
      try world.take(scenario.send(event))
      if let deadline = scenario.supervisor.deadline { try #require(deadline > scenario.now, "it would spin") }
    }
    while !world.isOver {
      // Everything answers now.
      for (service, _) in world.asked {
        world.note(.answered(service: service, .done))
        try world.take(scenario.send(.answered(service: service, .done)))
      }
      if world.isStarting {
        world.note(.started)
        try world.take(scenario.send(.started))
      } else if world.isRunning, world.isKilled {
        world.note(.ended(.killed(signal: 9)))
        try world.take(scenario.send(.ended(.killed(signal: 9))))
      } else if world.asked.isEmpty, !world.isOver {
        try world.take(try scenario.wait().actions)
      }
    }
    #expect(world.asked.isEmpty && !world.isRunning)
    #expect(scenario.supervisor.deadline == nil)
    #expect(scenario.send(.stop(isImpatient: true)) == [])
  }

  struct World {
    var asked: [Int: Lease.Request] = [:]
    var isRunning = false
    var isKilled = false
    var isOver = false
    var isStarting = false
    private var probed: Int?

    mutating func take(_ actions: [Supervisor.Action]) throws {
      for action in actions {
        try #require(!isOver, "nothing follows the end")
        switch action {
        case .start:
          try #require(!isRunning && !isStarting)
          isStarting = true
        case .probe(let launch): probed = launch
        case .ask(let service, let request):
          try #require(asked[service] == nil)
          asked[service] = request
        case .signal: try #require(isRunning)
        case .kill:
          try #require(isRunning)
          isKilled = true
        case .tell: break
        case .exit: isOver = true
        }
      }
    }

    /// Something that can happen now.
    func event(using random: inout SeededGenerator) -> Supervisor.Event {
      if isStarting {
        return Int.random(in: 0..<20, using: &random) == 0 ? .notStarted(code: 127, reason: "gone") : .started
      }
      let replies: [RegistryReply] = [.done, .done, .done, .unknown, .away("a"), .refused("r")]
      switch Int.random(in: 0..<12, using: &random) {
      case 0...4:
        guard let (service, _) = asked.min(by: { $0.key < $1.key }) else { return .tick }
        return .answered(service: service, replies[Int.random(in: 0..<replies.count, using: &random)])
      case 5...7: return probed.map { .probed(launch: $0, isReady: Bool.random(using: &random)) } ?? .tick
      case 8: return .pass(1)
      case 9 where isRunning && Int.random(in: 0..<4, using: &random) == 0:
        return .ended(Bool.random(using: &random) ? .exited(1) : .killed(signal: 9))
      case 10 where Int.random(in: 0..<40, using: &random) == 0: return .stop(isImpatient: false)
      default: return .tick
      }
    }

    /// Keeps count of what has happened.
    mutating func note(_ event: Supervisor.Event) {
      switch event {
      case .started: (isStarting, isRunning, isKilled) = (false, true, false)
      case .notStarted: isStarting = false
      case .ended: isRunning = false
      case .answered(let service, _): asked[service] = nil
      case .probed: probed = nil
      case .begin, .stop, .pass, .tick: break
      }
    }
  }
}
