import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("A catalog that is put back from a journal")
struct RestoreTests {
  @Test("holds what was there, with its revisions")
  func restores() throws {
    var driver = CatalogDriver()
    try driver.register("a", of: "web", tags: ["v1"], checks: [.ttl("c"), .manual("d", status: .warning)])
    try driver.register("b", of: "api", on: "n2", checks: [.ttl("c")])
    try driver.register(.manual("disk"), of: nil)
    try driver.report("c", .warning, "slow")
    let contents = Contents(of: driver.catalog)
    let restored = try contents.restored()
    #expect(Contents(of: restored) == contents)
    #expect(restored.revision == driver.catalog.revision)
    #expect(restored.instanceCount == 2)
    #expect(restored.serviceCount == 2)
    for topic in contents.topics {
      #expect(restored.revision(of: topic) == driver.catalog.revision(of: topic), "\(topic)")
    }
  }

  @Test("has a list of checks that is no older than the tags it shows")
  func tags() throws {
    var driver = CatalogDriver()
    try driver.register("a", tags: ["v1"], checks: [.ttl("c")])
    try driver.register("a", tags: ["v2"], checks: [.ttl("c")])
    #expect(driver.catalog.checksRevision == 2)
    let restored = try Contents(of: driver.catalog).restored()
    #expect(restored.checksRevision == 2)
  }

  @Test("starts every TTL anew, and the time to removal of what is critical")
  func timers() throws {
    var driver = CatalogDriver()
    let limit = Duration.seconds(60)
    try driver.register("a", checks: [.ttl("good"), .ttl("bad", status: .critical, deregisterAfter: limit)])
    try driver.register(.manual("disk", deregisterAfter: limit), of: nil)
    try driver.advance(by: .seconds(9))
    var later = CatalogDriver(try Contents(of: driver.catalog).restored())
    #expect(later.timers.count == 3)
    #expect(later.delay(of: .expiry("good")) == .seconds(10))
    #expect(later.delay(of: .expiry("bad")) == .seconds(10))
    #expect(later.delay(of: .reaper("bad")) == limit)
    try later.report("good", .passing)
    try later.advance(by: limit)
    #expect(later.catalog.instanceCount == 0)
  }

  @Test("remembers when something went away")
  func gone() throws {
    var catalog = Catalog()
    catalog.restore(Node(name: "n1", address: "10.0.0.1"), checks: [])
    let topics: [Topic] = [.service("web"), .node("n1"), .services, .nodes, .checks]
    for (revision, topic) in topics.enumerated() { catalog.restore(lastChange: UInt64(revision + 5), of: topic) }
    #expect(topics.map(catalog.revision(of:)) == [5, 6, 7, 8, 9])
    #expect(catalog.revision == 9)
    #expect(catalog.serviceCount == 0)
    #expect(catalog.serviceNames.isEmpty)
    catalog.restore(lastChange: 2, of: .service("web"))
    #expect(catalog.revision(ofService: "web") == 5)
    var driver = CatalogDriver(catalog)
    let next = try driver.register("a")
    #expect(next.events.map(\.revision) == [10])
    #expect(driver.catalog.serviceCount == 1)
  }

  @Test("counts a service that is there once, in whatever order it is put back")
  func order() throws {
    var catalog = Catalog()
    catalog.restore(Node(name: "n1", address: "10.0.0.1"), checks: [])
    catalog.restore(lastChange: 7, of: .service("web"))
    try catalog.restore(Instance(id: "a", service: "web"), on: "n1", checks: [])
    #expect(catalog.serviceCount == 1)
    #expect(catalog.serviceNames == ["web"])
    #expect(catalog.revision(ofService: "web") == 7)
  }

  @Test("does not remember more services that have gone than one that ran on")
  func bounded() {
    var catalog = Catalog()
    for number in 1...(Catalog.goneServicesLimit + 100) {
      catalog.restore(lastChange: UInt64(number), of: .service("s\(number)"))
    }
    #expect(catalog.services.count <= Catalog.goneServicesLimit)
    #expect(catalog.revision(ofService: "s1") >= 1)
    #expect(catalog.serviceCount == 0)
  }

  @Test("refuses an instance without its node")
  func damaged() {
    var catalog = Catalog()
    let rejection = #expect(throws: Rejection.self) {
      try catalog.restore(Instance(id: "a", service: "web"), on: "ghost", checks: [])
    }
    #expect(rejection?.message.contains("\"ghost\"") == true)
    #expect(catalog.instanceCount == 0)
  }
}
