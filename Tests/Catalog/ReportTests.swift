import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("A report")
struct ReportTests {
  @Test("turns a check, its instance and whoever watches it", arguments: HealthStatus.allCases.prefix(3))
  func turns(to status: HealthStatus) throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", status: status == .passing ? .critical : .passing)])
    try driver.register("b", of: "api")
    let outcome = try driver.report("c", status, "so it is")
    let event = try #require(outcome.events.first)
    #expect(event.kind == Event.Kind(turned: status))
    #expect(event.subject == Event.Subject(service: "web", node: "n1", instance: "a", check: "c"))
    #expect(event.cause == "check \"c\" reported: so it is")
    #expect(outcome.topics == [.service("web"), .node("n1"), .checks])
    #expect(driver.status("a") == status)
    #expect(driver.check("c")?.output == "so it is")
    #expect(driver.check("c")?.modifyRevision == 3)
    #expect(driver.check("c")?.createRevision == 1)
    #expect(driver.catalog.revision(ofService: "api") == 2)
  }

  @Test("that says nothing new gives no event, and renews the TTL")
  func heartbeat() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    for _ in 0..<5 {
      try driver.advance(by: .seconds(9))
      let outcome = try driver.report("c", .passing)
      #expect(outcome.events.isEmpty)
      #expect(outcome.topics.isEmpty)
      #expect(outcome.timers == [.arm(.expiry("c"), after: .seconds(10))])
    }
    #expect(driver.status("a") == .passing)
    #expect(driver.catalog.revision == 1)
  }

  @Test("of a TTL check applies at once: thresholds are for checks that the registry runs")
  func thresholds() throws {
    var driver = CatalogDriver()
    let definition = CheckDefinition(
      probe: .ttl(.seconds(10)), successBeforePassing: 3, failuresBeforeWarning: 2, failuresBeforeCritical: 3)
    try driver.register("a", checks: [Check(id: "c", name: "c", status: .passing, definition: definition)])
    for status in [HealthStatus.critical, .passing, .warning, .critical, .warning, .passing] {
      try driver.report("c", status)
      #expect(driver.status("a") == status)
    }
    try driver.advance(by: .seconds(10))
    #expect(driver.status("a") == .critical)
  }

  @Test("with the same status and another output is an event of its own kind")
  func output() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    let outcome = try driver.report("c", .passing, "42 requests")
    #expect(outcome.events.map(\.kind) == [.output])
    #expect(outcome.topics == [.service("web"), .node("n1"), .checks])
    let again = try driver.report("c", .passing, "42 requests")
    #expect(again.events.isEmpty)
  }

  @Test("on a node's check turns every service of the node")
  func nodeCheck() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web")
    try driver.register("b", of: "api")
    try driver.register(.ttl("disk"), of: nil)
    let outcome = try driver.report("disk", .critical, "full")
    #expect(outcome.topics == [.service("web"), .service("api"), .node("n1"), .checks])
    #expect(outcome.events[0].subject == Event.Subject(node: "n1", check: "disk"))
    #expect(driver.status("a") == .critical)
    #expect(driver.status("b") == .critical)
  }

  @Test("by a heartbeat is refused where there is no TTL, by a probe it is not")
  func withoutTTL() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.manual("c")])
    let rejection = #expect(throws: Rejection.self) { try driver.report("c", .critical) }
    #expect(rejection?.code == .notFound)
    #expect(rejection?.message.contains("no TTL") == true)
    #expect(driver.status("a") == .passing)
    let outcome = try driver.report("c", .critical, isHeartbeat: false)
    #expect(outcome.timers.isEmpty)
    #expect(driver.status("a") == .critical)
  }

  @Test("on a check that is not there is refused with its name")
  func unknown() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    for (check, node) in [("ghost", "n1"), ("c", "ghost")] {
      let rejection = #expect(throws: Rejection.self) { try driver.report(check, .critical, on: node) }
      #expect(rejection?.code == .notFound)
      #expect(rejection?.message.contains("\"ghost\"") == true)
    }
    #expect(driver.catalog.revision == 1)
  }

  @Test("of maintenance is refused: no check has that status")
  func maintenance() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    let rejection = #expect(throws: Rejection.self) { try driver.report("c", .maintenance) }
    #expect(rejection?.code == .invalid)
    #expect(driver.status("a") == .passing)
  }
}
