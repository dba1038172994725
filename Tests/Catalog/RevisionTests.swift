import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("A revision")
struct RevisionTests {
  @Test("of a service rises with what touches it, and with nothing else")
  func perService() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web", checks: [.ttl("ca")])
    try driver.register("b", of: "api", on: "n2", checks: [.ttl("cb")])
    for (change, revision) in [
      { try $0.report("ca", .warning) }, { try $0.maintain("a", .on(reason: "")) }, { try $0.register("a", port: 81) },
      { try $0.deregister("a") },
    ].enumerated().map({ ($1, UInt64($0 + 3)) }) as [((inout CatalogDriver) throws -> Outcome, UInt64)] {
      _ = try change(&driver)
      #expect(driver.catalog.revision(ofService: "web") == revision)
      #expect(driver.catalog.revision(of: .node("n1")) == revision)
      #expect(driver.catalog.revision(ofService: "api") == 2)
      #expect(driver.catalog.revision(of: .node("n2")) == 2)
      #expect(driver.catalog.revision == revision)
    }
    #expect(driver.catalog.nodesRevision == 2)
    #expect(driver.catalog.servicesRevision == 6)
    #expect(driver.catalog.checksRevision == 6)
  }

  @Test("of the list of services rises with the metadata of a node that has any, and with nothing else of it")
  func nodeMeta() throws {
    var driver = CatalogDriver()
    try driver.register(Node(name: "n1", address: "10.0.0.1"))
    let bare = try driver.register(Node(name: "n1", address: "10.0.0.1", meta: ["rack": "r1"]))
    #expect(bare.topics == [.nodes, .node("n1")])
    try driver.register("a")
    let moved = try driver.register(Node(name: "n1", address: "10.0.0.2", meta: ["rack": "r1"]))
    #expect(moved.topics == [.nodes, .node("n1"), .service("web")])
    #expect(driver.catalog.servicesRevision == 3)
    let labelled = try driver.register(Node(name: "n1", address: "10.0.0.2", meta: ["rack": "r2"]))
    #expect(labelled.topics == [.nodes, .node("n1"), .service("web"), .services])
    #expect(driver.catalog.servicesRevision == 5)
    let restored = try Contents(of: driver.catalog).restored()
    #expect(restored.servicesRevision == 5)
  }

  @Test("of a service that has gone stays that of its removal")
  func gone() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web")
    try driver.deregister("a")
    for id in 0..<100 { try driver.register("b\(id)", of: "api") }
    #expect(driver.catalog.revision(ofService: "web") == 2)
    #expect(driver.catalog.revision(of: .service("never")) == 0)
    try driver.register("a", of: "web")
    #expect(driver.catalog.revision(ofService: "web") == 103)
  }

  @Test("never falls when services that have gone are forgotten, and their number is bounded")
  func forgetting() throws {
    var driver = CatalogDriver()
    let limit = Catalog.goneServicesLimit
    try driver.register("a", of: "first")
    try driver.deregister("a")
    var highest = driver.catalog.revision(ofService: "first")
    var most = 0
    var falls = 0
    for number in 0..<(2 * limit) {
      try driver.register("a", of: "service-\(number)")
      try driver.deregister("a")
      let revision = driver.catalog.revision(ofService: "first")
      if revision < highest || driver.catalog.revision(ofService: "service-\(number)") != driver.catalog.revision {
        falls += 1
      }
      highest = revision
      most = max(most, driver.catalog.services.count)
    }
    #expect(falls == 0)
    #expect(most <= limit + 1)
    #expect(driver.catalog.serviceCount == 0)
    #expect(driver.catalog.goneServices == driver.catalog.services.count)
    #expect(highest > 2, "the first service is forgotten by now")
    #expect(driver.catalog.revision(ofService: "service-0") >= 4)
    try driver.register("a", of: "first")
    #expect(driver.catalog.revision(ofService: "first") == driver.catalog.revision)
    #expect(driver.catalog.serviceCount == 1)
  }

  @Test("and everything else of a copy stays, whatever is changed afterwards")
  func copies() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c")])
    let copy = driver.catalog
    let contents = Contents(of: copy)
    try driver.report("c", .critical)
    try driver.register("b", of: "api")
    try driver.apply(.deregisterNode("n1", cause: ""))
    #expect(Contents(of: copy) == contents)
    #expect(copy.revision == 1)
    #expect(copy.instanceCount == 1)
    #expect(Contents(of: driver.catalog) == Contents())
  }
}
