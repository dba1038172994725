import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("A deregistration")
struct DeregistrationTests {
  @Test("of an instance takes its checks and their timers with it")
  func instance() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", status: .critical, deregisterAfter: .seconds(60))])
    #expect(driver.timers.count == 2)
    let outcome = try driver.deregister("a")
    let event = try #require(outcome.events.first)
    #expect(event.kind == .deregistered)
    #expect(event.cause == "asked to")
    #expect(
      event.changes == [.removeCheck(CheckKey(node: "n1", id: "c")), .removeInstance(InstanceKey(node: "n1", id: "a"))])
    #expect(outcome.topics == [.service("web"), .node("n1"), .services, .checks])
    #expect(driver.catalog.instanceCount == 0)
    #expect(driver.catalog.serviceCount == 0)
    #expect(driver.catalog.nodeCount == 1)
    #expect(driver.check("c") == nil)
    #expect(driver.timers.count == 0)
  }

  @Test("of a check leaves its instance, without it")
  func check() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.manual("bad", status: .critical), .ttl("good")])
    let outcome = try driver.apply(.deregisterCheck(CheckKey(node: "n1", id: "bad"), cause: "asked to"))
    #expect(outcome.events.map(\.kind) == [.checkDeregistered])
    #expect(outcome.events[0].subject == Event.Subject(service: "web", node: "n1", instance: "a", check: "bad"))
    #expect(outcome.topics == [.service("web"), .node("n1"), .checks])
    #expect(driver.status("a") == .passing)
    try driver.apply(.deregisterCheck(CheckKey(node: "n1", id: "good"), cause: "asked to"))
    #expect(driver.timers.count == 0)
    #expect(driver.catalog.members(of: "web").map(\.checks) == [[]])
  }

  @Test("of a check of the node shows on all its instances")
  func nodeCheck() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web")
    try driver.register("b", of: "api")
    try driver.register(.manual("disk", status: .critical), of: nil)
    #expect(driver.status("a") == .critical)
    let outcome = try driver.apply(.deregisterCheck(CheckKey(node: "n1", id: "disk"), cause: "asked to"))
    #expect(outcome.topics == [.service("web"), .service("api"), .node("n1"), .checks])
    #expect(driver.status("a") == .passing)
    #expect(driver.catalog.node("n1")?.checks.isEmpty == true)
  }

  @Test("of a node takes everything on it, one event for each instance and one for the node")
  func node() throws {
    var driver = CatalogDriver()
    try driver.register("b", of: "web", checks: [.ttl("cb")])
    try driver.register("a", of: "api", checks: [.ttl("ca")])
    try driver.register("z", of: "web", on: "n2")
    try driver.register(.ttl("disk"), of: nil)
    let outcome = try driver.apply(.deregisterNode("n1", cause: "gone"))
    #expect(outcome.events.map(\.kind) == [.deregistered, .deregistered, .nodeDeregistered])
    #expect(outcome.events.map(\.revision) == [5, 6, 7])
    #expect(outcome.events.map(\.subject.instance) == ["a", "b", ""])
    #expect(outcome.events[2].changes == [.removeCheck(CheckKey(node: "n1", id: "disk")), .removeNode("n1")])
    #expect(outcome.topics == [.service("web"), .service("api"), .node("n1"), .services, .nodes, .checks])
    #expect(driver.catalog.node("n1") == nil)
    #expect(driver.catalog.serviceNames == ["web"])
    #expect(driver.catalog.instanceCount == 1)
    #expect(driver.timers.count == 0)
  }

  @Test("of what is not there is refused with its name")
  func unknown() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    let commands: [Command] = [
      .deregisterInstance(InstanceKey(node: "n1", id: "ghost"), cause: ""),
      .deregisterInstance(InstanceKey(node: "ghost", id: "a"), cause: ""),
      .deregisterCheck(CheckKey(node: "n1", id: "ghost"), cause: ""),
      .deregisterCheck(CheckKey(node: "ghost", id: "c"), cause: ""),
      .deregisterNode("ghost", cause: ""),
    ]
    for command in commands {
      let rejection = #expect(throws: Rejection.self) { try driver.apply(command) }
      #expect(rejection?.code == .notFound)
      #expect(rejection?.message.contains("\"ghost\"") == true)
    }
    #expect(driver.catalog.revision == 1)
    #expect(driver.timers.count == 1)
  }
}
