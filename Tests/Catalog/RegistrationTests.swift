import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("A registration")
struct RegistrationTests {
  @Test("of an instance adds its node, itself and its checks in one revision")
  func adds() throws {
    var driver = CatalogDriver()
    let outcome = try driver.register("a", tags: ["v1"], checks: [.ttl("c")])
    let event = try #require(outcome.events.first)
    #expect(outcome.events.count == 1)
    #expect(event.revision == 1)
    #expect(event.kind == .registered)
    #expect(event.subject == Event.Subject(service: "web", node: "n1", instance: "a"))
    #expect(event.time == driver.now)
    #expect(event.changes.count == 3)
    #expect(outcome.topics == [.service("web"), .node("n1"), .services, .nodes, .checks])
    #expect(outcome.timers == [.arm(.expiry("c"), after: .seconds(10))])
    let member = try #require(driver.catalog.members(of: "web").first)
    #expect(member.instance.createRevision == 1)
    #expect(member.instance.modifyRevision == 1)
    #expect(member.checks.map(\.modifyRevision) == [1])
    #expect(driver.catalog.node("n1")?.node.createRevision == 1)
    #expect(driver.catalog.instanceCount == 1)
    #expect(driver.catalog.serviceCount == 1)
    #expect(driver.catalog.serviceNames == ["web"])
  }

  @Test("keeps its own bytes beside one of the service whose texts are equal and of other bytes")
  func ownBytes() throws {
    var driver = CatalogDriver()
    let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")
    for (id, text) in [("a", composed), ("b", decomposed)] {
      let instance = Instance(id: id, service: "web", tags: [text], meta: [text: text])
      let check = Registration.PlacedCheck(Check(id: "c-\(id)", name: text, notes: text), of: id)
      let node = Node(name: "n1", address: "10.0.0.1")
      try driver.apply(
        .register(Registration(node: "n1", nodeUpdate: node, instance: instance, checks: [check], cause: "test")))
    }
    let bytes = driver.catalog.members(of: "web").map { member in
      ([member.instance.tags[0], member.instance.meta.pairs[0].key, member.instance.meta.pairs[0].value]
        + member.checks.flatMap { [$0.name, $0.notes] }).map { Array($0.utf8) }
    }
    #expect(bytes == [composed, decomposed].map { Array(repeating: Array($0.utf8), count: 5) })
  }

  @Test("that says the same again gives no event and no revision, and renews the TTL")
  func identical() throws {
    var driver = CatalogDriver()
    try driver.register("a", tags: ["v1"], checks: [.ttl("c"), .manual("m")], replacesChecks: true)
    try driver.advance(by: .seconds(4))
    let again = try driver.register("a", tags: ["v1"], checks: [.ttl("c"), .manual("m")], replacesChecks: true)
    #expect(again.events.isEmpty)
    #expect(again.topics.isEmpty)
    #expect(driver.catalog.revision == 1)
    #expect(driver.delay(of: .expiry("c")) == .seconds(10))
  }

  @Test("with other content replaces the instance and keeps the revision of its creation")
  func replaces() throws {
    var driver = CatalogDriver()
    try driver.register("a", port: 80, checks: [.ttl("c")])
    let outcome = try driver.register("a", port: 81)
    #expect(outcome.events.map(\.kind) == [.updated])
    #expect(outcome.topics == [.service("web"), .node("n1")])
    let member = try #require(driver.catalog.member(InstanceKey(node: "n1", id: "a")))
    #expect(member.instance.port == 81)
    #expect(member.instance.createRevision == 1)
    #expect(member.instance.modifyRevision == 2)
    #expect(member.checks.map(\.id) == ["c"], "checks that are not named stay")
    #expect(driver.catalog.instanceCount == 1)
  }

  @Test("with other tags is news for the list of services and for its checks")
  func tags() throws {
    var driver = CatalogDriver()
    try driver.register("a", tags: ["v1"], checks: [.ttl("c")])
    let outcome = try driver.register("a", tags: ["v2"], checks: [.ttl("c")])
    #expect(outcome.topics == [.service("web"), .node("n1"), .services, .checks])
  }

  @Test("under another service name moves the instance and its checks there")
  func renames() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "old", checks: [.ttl("c")])
    let outcome = try driver.register("a", of: "new", checks: [.ttl("c")])
    #expect(outcome.topics == [.service("old"), .service("new"), .node("n1"), .services, .checks])
    #expect(driver.catalog.serviceNames == ["new"])
    #expect(driver.catalog.members(of: "old").isEmpty)
    #expect(driver.catalog.members(of: "new").map(\.checks.count) == [1])
    #expect(driver.catalog.instanceCount == 1)
    #expect(driver.catalog.serviceCount == 1)
    try driver.register("a", of: "old", checks: [.ttl("c")])
    #expect(driver.catalog.serviceNames == ["old"])
    #expect(driver.catalog.serviceCount == 1)
  }

  @Test("moves a check between owners", arguments: ["b", nil] as [String?])
  func movesCheck(to owner: String?) throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.manual("c", status: .critical), .manual("d")])
    try driver.register("b", of: "api")
    let outcome = try driver.register(.manual("c", status: .critical), of: owner)
    #expect(outcome.topics.isSuperset(of: [.service("web"), .service("api"), .node("n1"), .checks]))
    #expect(driver.catalog.check(CheckKey(node: "n1", id: "c"))?.instance?.id == owner)
    #expect(driver.catalog.members(of: "web").map { $0.checks.map(\.id) } == [["d"]])
    #expect(driver.catalog.members(of: "api").map { $0.checks.map(\.id) } == [owner == nil ? [] : ["c"]])
    #expect(driver.status("a") == (owner == nil ? .critical : .passing))
    #expect(driver.status("b") == .critical)
    try driver.register(.manual("c", status: .critical), of: "a")
    #expect(driver.catalog.node("n1")?.checks.isEmpty == true)
    #expect(driver.status("b") == .passing)
  }

  @Test("removes checks that it does not name only when asked to, and never maintenance")
  func replacesChecks() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c1"), .ttl("c2")])
    try driver.maintain("a", .on(reason: "upgrade"))
    try driver.register("a", checks: [.ttl("c2")])
    #expect(driver.check("c1") != nil)
    let outcome = try driver.register("a", checks: [.ttl("c2")], replacesChecks: true)
    #expect(outcome.events.map(\.kind) == [.updated])
    #expect(outcome.events[0].changes == [.removeCheck(CheckKey(node: "n1", id: "c1"))])
    #expect(driver.check("c1") == nil)
    #expect(driver.check("c2") != nil)
    #expect(driver.status("a") == .maintenance)
    #expect(driver.delay(of: .expiry("c1")) == nil)
  }

  @Test("carries a check's status and output over, or takes what is given")
  func statuses() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", status: .critical)])
    try driver.report("c", .passing, "fine")
    try driver.register("a", checks: [.ttl("c", .seconds(20), status: .critical)])
    #expect(driver.check("c")?.status == .passing)
    #expect(driver.check("c")?.output == "fine")
    #expect(driver.check("c")?.definition.ttl == .seconds(20))
    let outcome = try driver.register("a", checks: [.ttl("c", .seconds(20), status: .critical)], statuses: .asGiven)
    #expect(driver.check("c")?.status == .critical)
    #expect(driver.check("c")?.output == "")
    #expect(outcome.events.count == 1)
  }

  @Test("of a single check that only changes its status is told as that", arguments: HealthStatus.allCases.prefix(3))
  func statusAsGiven(status: HealthStatus) throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.manual("c", status: status == .passing ? .critical : .passing)])
    let outcome = try driver.register(.manual("c", status: status), of: "a", statuses: .asGiven)
    #expect(outcome.events.map(\.kind) == [Event.Kind(turned: status)])
    #expect(outcome.events[0].subject == Event.Subject(service: "web", node: "n1", instance: "a", check: "c"))
  }

  @Test("that turns a TTL check into another kind stops its timer")
  func otherKind() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    let outcome = try driver.register("a", checks: [.manual("c")])
    #expect(outcome.timers == [.disarm(.expiry("c"))])
    #expect(driver.check("c")?.definition == .manual)
  }

  @Test("that names a check twice takes the last one")
  func twice() throws {
    var driver = CatalogDriver()
    try driver.register("b", of: "api", checks: [.manual("c", status: .warning)])
    let checks: [Registration.PlacedCheck] = [
      .init(.manual("c"), of: "a"), .init(.ttl("d"), of: nil), .init(.manual("c", status: .warning), of: "b"),
    ]
    let outcome = try driver.apply(
      .register(Registration(node: "n1", instance: Instance(id: "a", service: "web"), checks: checks)))
    #expect(driver.catalog.members(of: "web").map(\.checks) == [[]])
    #expect(driver.catalog.members(of: "api").map { $0.checks.map(\.status) } == [[.warning]])
    #expect(outcome.events[0].changes.count == 2, "the instance, and the check of the node")
  }

  @Test("of a node's new address wakes everyone who sees it, and nobody else")
  func nodeUpdate() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web", on: "n1")
    try driver.register("b", of: "api", on: "n2")
    let outcome = try driver.register(Node(name: "n1", address: "10.9.9.9"))
    #expect(outcome.events.map(\.kind) == [.nodeUpdated])
    #expect(outcome.topics == [.nodes, .node("n1"), .service("web")])
    #expect(driver.catalog.node("n1")?.node.createRevision == 1)
    #expect(driver.catalog.node("n1")?.node.modifyRevision == 3)
    #expect(driver.catalog.revision(ofService: "api") == 2)
    #expect(driver.catalog.revision(ofNode: "n2") == 2)
    let again = try driver.register(Node(name: "n1", address: "10.9.9.9"))
    #expect(again.events.isEmpty)
  }

  @Test("of a node alone is told as that")
  func nodeAlone() throws {
    var driver = CatalogDriver()
    let outcome = try driver.register(Node(name: "n1", address: "10.0.0.1"))
    #expect(outcome.events.map(\.kind) == [.nodeRegistered])
    #expect(outcome.topics == [.nodes, .node("n1")])
    let check = try driver.register(.manual("disk"), of: nil)
    #expect(check.events.map(\.kind) == [.checkRegistered])
    #expect(driver.catalog.allNodes.map { $0.checks.map(\.id) } == [["disk"]])
  }

  @Test("is refused when what it builds on is not there")
  func refused() throws {
    var driver = CatalogDriver()
    try driver.register("a")
    let unknownNode = Registration(node: "n2", instance: Instance(id: "b", service: "web"))
    let unknownInstance = Registration(
      node: "n1", instance: Instance(id: "b", service: "web"),
      checks: [.init(.manual("c"), of: "b"), .init(.manual("d"), of: "ghost")])
    for (registration, fragment) in [(unknownNode, "\"n2\""), (unknownInstance, "\"ghost\"")] {
      let rejection = #expect(throws: Rejection.self) { try driver.apply(.register(registration)) }
      #expect(rejection?.code == .notFound)
      #expect(rejection?.message.contains(fragment) == true)
    }
    let otherName = Registration(node: "n1", nodeUpdate: Node(name: "n3", address: "10.0.0.3"))
    let rejection = #expect(throws: Rejection.self) { try driver.apply(.register(otherName)) }
    #expect(rejection?.code == .invalid)
    #expect(driver.catalog.revision == 1)
    #expect(driver.catalog.allNodes.map(\.node.name) == ["n1"])
    #expect(driver.catalog.instanceCount == 1)
  }

  @Test("has a limited number of checks")
  func limit() throws {
    var driver = CatalogDriver()
    let most = (0..<Registration.checkLimit).map { Check.manual("c\($0)") }
    try driver.register("a", checks: most)
    #expect(driver.catalog.members(of: "web").map(\.checks.count) == [Registration.checkLimit])
    let rejection = #expect(throws: Rejection.self) { try driver.register("a", checks: most + [.manual("more")]) }
    #expect(rejection?.code == .invalid)
    #expect(rejection?.message == "257 checks are too many: at most 256 are allowed")
    #expect(driver.catalog.revision == 1)
  }

  @Test("with the same definition of its check as another instance shares that, after a restart too")
  func sharesDefinitions() throws {
    var driver = CatalogDriver()
    for id in ["a", "b"] { try driver.register(id, checks: [.ttl("check-\(id)")]) }
    try driver.register("c", checks: [.ttl("check-c", .seconds(20))])
    for catalog in [driver.catalog, try Contents(of: driver.catalog).restored()] {
      let definitions = catalog.members(of: "web").flatMap(\.checks).map(\.definition)
      #expect(definitions.map(\.ttl) == [.seconds(10), .seconds(10), .seconds(20)])
      #expect(definitions.count == 3)
      #expect(definitions[0] === definitions[1])
    }
  }
}
