import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("Maintenance mode")
struct MaintenanceTests {
  @Test("of an instance hides it until it is taken off; twice is as good as once")
  func instance() throws {
    var driver = CatalogDriver()
    try driver.register("a")
    try driver.register("b")
    let on = try driver.maintain("a", .on(reason: "new disk"))
    #expect(on.events.map(\.kind) == [.maintenanceOn])
    #expect(on.events[0].cause == "new disk")
    #expect(on.topics == [.service("web"), .node("n1"), .checks])
    #expect(driver.status("a") == .maintenance)
    #expect(driver.status("b") == .passing)
    let check = try #require(driver.check("_service_maintenance:a"))
    #expect(check.status == .critical)
    #expect(check.notes == "new disk")
    let secondOn = try driver.maintain("a", .on(reason: "another"))
    #expect(secondOn.events.isEmpty)
    let off = try driver.maintain("a", .off)
    #expect(off.events.map(\.kind) == [.maintenanceOff])
    #expect(off.topics == on.topics)
    #expect(driver.status("a") == .passing)
    #expect(driver.check("_service_maintenance:a") == nil)
    let again = try driver.maintain("a", .off)
    #expect(again.events.isEmpty)
    #expect(again.topics.isEmpty)
    #expect(driver.catalog.revision == 4)
  }

  @Test("of a node hides all its services, and no others; twice is as good as once")
  func node() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web")
    try driver.register("b", of: "api")
    try driver.register("c", of: "web", on: "n2")
    let on = try driver.apply(.maintainNode("n1", .on(reason: "")))
    #expect(on.events[0].subject == Event.Subject(node: "n1", check: "_node_maintenance"))
    #expect(on.topics == [.service("web"), .service("api"), .node("n1"), .checks])
    #expect(driver.check("_node_maintenance")?.notes == "Maintenance mode is on; no reason was given.")
    #expect(driver.status("a") == .maintenance)
    #expect(driver.status("b") == .maintenance)
    #expect(driver.status("c", on: "n2") == .passing)
    let secondOn = try driver.apply(.maintainNode("n1", .on(reason: "x")))
    #expect(secondOn.events.isEmpty)
    let off = try driver.apply(.maintainNode("n1", .off))
    #expect(off.topics == on.topics)
    #expect(driver.status("a") == .passing)
    let secondOff = try driver.apply(.maintainNode("n1", .off))
    #expect(secondOff.events.isEmpty)
  }

  @Test("of what is not there is refused")
  func unknown() throws {
    var driver = CatalogDriver()
    try driver.register("a")
    for command in [
      Command.maintainInstance(InstanceKey(node: "n1", id: "ghost"), .on(reason: "")), .maintainNode("ghost", .off),
    ] {
      let rejection = #expect(throws: Rejection.self) { try driver.apply(command) }
      #expect(rejection?.code == .notFound)
    }
    #expect(driver.catalog.revision == 1)
  }

  @Test("goes with its instance, and is not there when that comes back")
  func goes() throws {
    var driver = CatalogDriver()
    try driver.register("a")
    try driver.maintain("a", .on(reason: ""))
    try driver.deregister("a")
    try driver.register("a")
    #expect(driver.status("a") == .passing)
  }

  @Test(
    "is worse than critical, which is worse than warning, which is worse than passing",
    arguments: [
      ([], .passing), ([.passing], .passing), ([.passing, .warning], .warning), ([.critical, .warning], .critical),
      ([.warning, .passing, .critical], .critical),
    ] as [([HealthStatus], HealthStatus)])
  func order(statuses: [HealthStatus], worst: HealthStatus) throws {
    let checks = statuses.enumerated().map { Check.manual("c\($0)", status: $1) }
    #expect(checks.aggregateStatus == worst)
    var driver = CatalogDriver()
    try driver.register("a", checks: checks)
    #expect(driver.status("a") == worst)
    try driver.maintain("a", .on(reason: ""))
    #expect(driver.status("a") == .maintenance)
    try driver.maintain("a", .off)
    for check in checks { try driver.register(check, of: nil) }
    #expect(driver.status("a") == worst)
    try driver.apply(.maintainNode("n1", .on(reason: "")))
    #expect(driver.status("a") == .maintenance)
  }
}
