import MusterDiscovery
import Testing

@testable import MusterConsulDiscovery

@Suite("What a watch of a registry does next")
struct WatchMachineTests {
  private let long = Duration.seconds(20)
  private var machine = WatchMachine("web", wait: .seconds(30))

  private static func instances(_ ports: UInt16...) -> [Instance] {
    ports.map { Instance(id: "web-\($0)", service: "web", endpoint: Endpoint(host: "h", port: $0)) }
  }

  @Test("asks at once, then for what is above the index it was given")
  mutating func following() {
    #expect(machine.step == .ask(above: 0))
    let first = machine.answered((7, Self.instances(1)), after: .zero, chance: 1)
    #expect(first == Snapshot(service: "web", instances: Self.instances(1)))
    #expect(machine.step == .ask(above: 7))
    #expect(machine.answered((9, Self.instances(1, 2)), after: .zero, chance: 1)?.instances.count == 2)
    #expect(machine.step == .ask(above: 9))
  }

  @Test("is silent about an answer that changes nothing")
  mutating func unchanged() {
    _ = machine.answered((7, Self.instances(1)), after: .zero, chance: 1)
    #expect(machine.answered((7, Self.instances(1)), after: long, chance: 1) == nil)
    #expect(machine.step == .ask(above: 7))
    #expect(machine.answered((8, Self.instances(1)), after: .zero, chance: 1) == nil)
    #expect(machine.step == .ask(above: 8))
  }

  @Test("takes an empty list for a list")
  mutating func empty() {
    #expect(machine.answered((1, []), after: .zero, chance: 1) == Snapshot(service: "web", instances: []))
    #expect(machine.answered((2, []), after: .zero, chance: 1) == nil)
  }

  @Test("starts again from 0 when the index goes backwards, after telling the list that came with it")
  mutating func backwards() {
    _ = machine.answered((70, Self.instances(1)), after: .zero, chance: 1)
    #expect(machine.answered((7, Self.instances(2)), after: long, chance: 1)?.instances == Self.instances(2))
    #expect(machine.step == .pause(.milliseconds(100)))
    machine.paused()
    #expect(machine.step == .ask(above: 0))
    _ = machine.answered((8, Self.instances(2)), after: .zero, chance: 1)
    #expect(machine.step == .ask(above: 8))
  }

  @Test("slows down where the registry does not wait, and is quick again when it does")
  mutating func noWaiting() {
    _ = machine.answered((7, []), after: .zero, chance: 1)
    for pause in [100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000] {
      #expect(machine.answered((7, []), after: .milliseconds(1), chance: 1) == nil)
      #expect(machine.step == .pause(.milliseconds(pause)))
      machine.paused()
    }
    _ = machine.answered((8, []), after: .zero, chance: 1)
    #expect(machine.step == .ask(above: 8))
    _ = machine.answered((8, []), after: .zero, chance: 1)
    #expect(machine.step == .pause(.milliseconds(100)))
  }

  @Test("slows down where the index goes back and forth")
  mutating func nonsense() {
    var pauses: [WatchMachine.Step] = []
    for _ in 0..<3 {
      _ = machine.answered((9, []), after: .zero, chance: 1)
      _ = machine.answered((3, []), after: .zero, chance: 1)
      pauses.append(machine.step)
      machine.paused()
    }
    #expect(pauses == [.pause(.milliseconds(100)), .pause(.milliseconds(200)), .pause(.milliseconds(400))])
  }

  @Test("gives the last list again as stale, once, and a live one when the registry is back, changed or not")
  mutating func stale() {
    _ = machine.answered((7, Self.instances(1)), after: .zero, chance: 1)
    let stale = machine.failed("it is gone", chance: 0)
    #expect(stale == Snapshot(service: "web", instances: Self.instances(1)).stale("it is gone"))
    #expect(machine.step == .pause(.milliseconds(50)))
    machine.paused()
    #expect(machine.failed("it is gone", chance: 0) == nil)
    #expect(machine.step == .pause(.milliseconds(100)))
    machine.paused()
    // From 0, so that the answer does not wait for a change.
    #expect(machine.step == .ask(above: 0))
    let back = machine.answered((2, Self.instances(1)), after: .zero, chance: 0)
    #expect(back == Snapshot(service: "web", instances: Self.instances(1)))
    #expect(machine.step == .ask(above: 2))
  }

  @Test("begins with an empty stale list where there is no registry")
  mutating func neverThere() {
    #expect(machine.failed("no", chance: 1) == Snapshot(service: "web", instances: []).stale("no"))
    #expect(machine.answered((1, []), after: .zero, chance: 1)?.freshness == .live)
  }
}
