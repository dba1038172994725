import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("Any sequence of commands")
struct RandomCommandTests {
  @Test("keeps the indexes, revisions, topics, timers and the journal in step", arguments: [1, 2, 3] as [UInt64])
  func invariants(seed: UInt64) throws {
    var commands = RandomCommands(seed: seed)
    let invariants = Invariants(nodes: RandomCommands.nodes, services: RandomCommands.services)
    var driver = CatalogDriver()
    driver.observe = invariants.verify
    var copies: [(catalog: Catalog, contents: Contents)] = []
    for number in 0..<5_000 {
      _ = try? driver.apply(commands.next())
      if number.isMultiple(of: 4) { try driver.advance(by: commands.pause()) }
      if number.isMultiple(of: 500) { copies.append((driver.catalog, Contents(of: driver.catalog))) }
    }
    #expect(invariants.accepted > 3_000)
    #expect(invariants.rejected > 100)
    #expect(invariants.kinds == Set(Event.Kind.allCases), "every kind of event has come up")
    for copy in copies { #expect(Contents(of: copy.catalog) == copy.contents) }
    let contents = Contents(of: driver.catalog)
    #expect(Contents(of: try contents.restored()) == contents)
  }
}

/// Commands over so few names that they meet again and again.
struct RandomCommands {
  static let nodes = ["n1", "n2", "n3"]
  static let services = ["web", "api", "db"]
  static let instances = ["i1", "i2", "i3", "i1:2"]
  static let checks = ["c1", "c2", "c3", "service:i1", "service:i1:2", "service:i2", "service:i1:2:1"]

  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Now and then long enough for everything to expire and go.
  mutating func pause() -> Duration {
    .milliseconds(chance(40) ? 400_000 : Int.random(in: 0...4_000, using: &random))
  }

  mutating func next() -> Command {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<45: .register(registration())
    case ..<75: report()
    case ..<82: .deregisterInstance(instanceKey(), cause: "random")
    case ..<87: .deregisterCheck(checkKey(), cause: "random")
    case ..<89: .deregisterNode(pick(Self.nodes), cause: "random")
    case ..<94: .maintainInstance(instanceKey(), maintenance())
    case ..<97: .maintainNode(pick(Self.nodes), maintenance())
    default: .timerFired(chance(2) ? .expire(checkKey()) : .reap(checkKey()))
    }
  }

  private mutating func registration() -> Registration {
    let node = pick(Self.nodes)
    let instance = chance(4) ? nil : instance()
    var checks: [Registration.PlacedCheck] = []
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      checks.append(.init(check(), of: chance(3) ? optional(Self.instances) : instance?.id))
    }
    return Registration(
      node: node, nodeUpdate: chance(2) ? self.node(node) : nil,
      instance: instance, checks: checks, replacesChecks: chance(3), statuses: chance(2) ? .carriedOver : .asGiven)
  }

  private mutating func node(_ name: String) -> Node {
    Node(name: name, address: pick(["10.0.0.1", "10.0.0.2"]), meta: chance(3) ? ["rack": "r2"] : ["rack": "r1"])
  }

  private mutating func instance() -> Instance {
    Instance(
      id: pick(Self.instances), service: pick(Self.services), tags: chance(3) ? ["v2"] : ["v1"],
      port: pick([80, 81]))
  }

  private mutating func check() -> Check {
    let definitions = [
      CheckDefinition.manual, CheckDefinition(probe: .ttl(.seconds(10))),
      CheckDefinition(probe: .ttl(.seconds(5)), deregisterAfter: .seconds(60)),
      CheckDefinition(probe: .tcp("localhost:80"), deregisterAfter: .seconds(90)),
    ]
    let id = pick(Self.checks)
    return Check(id: id, name: id, status: status(), definition: pick(definitions))
  }

  private mutating func report() -> Command {
    .report(
      .init(check: checkKey(), status: status(), output: pick(["", "", "fine", "bad"]), isHeartbeat: !chance(4)))
  }

  private mutating func status() -> HealthStatus { pick([.passing, .passing, .warning, .critical]) }

  private mutating func maintenance() -> Command.Maintenance { chance(2) ? .on(reason: pick(["", "why"])) : .off }

  private mutating func instanceKey() -> InstanceKey { InstanceKey(node: pick(Self.nodes), id: pick(Self.instances)) }

  private mutating func checkKey() -> CheckKey { CheckKey(node: pick(Self.nodes), id: pick(Self.checks)) }

  private mutating func chance(_ sides: Int) -> Bool { Int.random(in: 0..<sides, using: &random) == 0 }

  private mutating func optional(_ values: [String]) -> String? { chance(3) ? nil : pick(values) }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }
}
