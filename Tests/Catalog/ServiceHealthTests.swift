import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("Protection from mass failures")
struct ProtectionTests {
  /// A driver of a service with `count` instances, `i0`, `i1`, …, each with a check `c0`, `c1`, … that passes.
  private func driver(count: Int, share: Double, meta: Labels = [:]) throws -> CatalogDriver {
    var catalog = Catalog()
    catalog.setPolicy(HealthPolicy(protectedShare: share))
    var driver = CatalogDriver(catalog)
    for number in 0..<count { try add(number, meta: meta, .passing, to: &driver) }
    try driver.advance(by: .seconds(1))
    return driver
  }

  private func add(_ number: Int, meta: Labels = [:], _ status: HealthStatus, to driver: inout CatalogDriver) throws {
    try driver.apply(
      .register(
        Registration(
          node: "n1", nodeUpdate: driver.catalog.node("n1") == nil ? Node(name: "n1", address: "10.0.0.1") : nil,
          instance: Instance(id: "i\(number)", service: "web", meta: meta),
          checks: [.init(Check(id: "c\(number)", name: "c", status: status), of: "i\(number)")])))
  }

  private func fail(_ checks: Range<Int>, of driver: inout CatalogDriver) throws {
    for number in checks { try driver.report("c\(number)", .critical, "down", isHeartbeat: false) }
  }

  private func given(_ driver: CatalogDriver, onlyPassing: Bool = false) -> [String] {
    driver.catalog.health(of: "web").standings.filter { $0.isGiven(onlyPassing: onlyPassing) }.map(\.member.instance.id)
  }

  @Test(
    "keeps all when fewer than the share would be left",
    arguments: [
      (0.0, 4, false), (0.5, 1, false), (0.5, 2, false), (0.5, 3, true), (0.6, 2, true), (1.0, 1, true),
      (1.0, 0, false),
      (0.25, 4, true), (0.001, 4, true),
    ])
  func share(_ share: Double, _ failed: Int, _ isProtected: Bool) throws {
    var driver = try driver(count: 4, share: share)
    try fail(0..<failed, of: &driver)
    let health = driver.catalog.health(of: "web")
    #expect(health.isProtected == isProtected)
    #expect(health.healthyCount == 4 - failed)
    #expect(health.countedCount == 4)
    #expect(given(driver).count == (isProtected ? 4 : 4 - failed))
    #expect(given(driver, onlyPassing: true).count == (isProtected ? 4 : 4 - failed))
  }

  @Test("counts warning as healthy, but gives it to nobody who asks for passing ones alone")
  func warning() throws {
    var driver = try driver(count: 2, share: 0.9)
    try driver.report("c0", .warning, isHeartbeat: false)
    #expect(!driver.catalog.health(of: "web").isProtected)
    #expect(given(driver) == ["i0", "i1"])
    #expect(given(driver, onlyPassing: true) == ["i1"])
  }

  @Test("does not keep what was taken out by hand, and does not count it")
  func maintenance() throws {
    var driver = try driver(count: 4, share: 0.6)
    try driver.maintain("i0", .on(reason: "upgrade"))
    try driver.maintain("i1", .on(reason: "upgrade"))
    #expect(!driver.catalog.health(of: "web").isProtected)
    try fail(2..<3, of: &driver)
    #expect(driver.catalog.health(of: "web").isProtected)
    #expect(given(driver) == ["i2", "i3"])
  }

  @Test("does not keep what has never been healthy, and does not count it until it is")
  func unproven() throws {
    var driver = try driver(count: 2, share: 0.6)
    for number in 2..<6 { try add(number, .critical, to: &driver) }
    try fail(2..<6, of: &driver)
    #expect(!driver.catalog.health(of: "web").isProtected)
    #expect(given(driver) == ["i0", "i1"])
    for number in 2..<6 { try driver.report("c\(number)", .passing, isHeartbeat: false) }
    try fail(2..<6, of: &driver)
    #expect(driver.catalog.health(of: "web").isProtected)
    #expect(given(driver).count == 6)
  }

  @Test("is in the history once when it begins and once when it ends, however many changes there are")
  func history() throws {
    var driver = try driver(count: 10, share: 0.5)
    try fail(0..<9, of: &driver)
    let begin = try driver.advance(by: .seconds(1)).flatMap(\.events)
    #expect(begin.map(\.kind) == [.protectionOn])
    #expect(begin[0].subject == Event.Subject(service: "web", node: ""))
    #expect(
      begin[0].cause == "all instances are kept: 1 of 10 instances are healthy, and the share that protects all is 0.5")
    #expect(driver.catalog.protectedServices == ["web"])
    #expect(try driver.advance(by: .seconds(60)).isEmpty)
    for number in 0..<5 { try driver.report("c\(number)", .passing, isHeartbeat: false) }
    let end = try driver.advance(by: .seconds(1)).flatMap(\.events)
    #expect(end.map(\.kind) == [.protectionOff])
    #expect(driver.catalog.protectedServices.isEmpty)
  }

  @Test("ends with the service")
  func deregistration() throws {
    var driver = try driver(count: 2, share: 1)
    try fail(0..<2, of: &driver)
    try driver.advance(by: .seconds(1))
    for number in 0..<2 { try driver.deregister("i\(number)") }
    #expect(try driver.advance(by: .seconds(1)).flatMap(\.events).map(\.kind) == [.protectionOff])
  }

  @Test(
    "follows the metadata of the instance that was registered last",
    arguments: [(["0.9", "0.1"], 0.1), (["0.9", ""], 0.9), (["2", "x"], 0.3), (["0.9", "0"], 0)] as [([String], Double)]
  )
  func metadata(_ shares: [String], _ share: Double) throws {
    var driver = try driver(count: 0, share: 0.3)
    for (number, text) in shares.enumerated() {
      try add(number, meta: text.isEmpty ? [:] : [HealthPolicy.protectionKey: text], .passing, to: &driver)
    }
    #expect(driver.catalog.health(of: "web").protectedShare == share)
  }

  @Test("is on for a service that asks for it where it is off for all others")
  func metadataAlone() throws {
    var driver = try driver(count: 2, share: 0, meta: [HealthPolicy.protectionKey: "0.8"])
    try fail(0..<2, of: &driver)
    #expect(try driver.advance(by: .seconds(1)).flatMap(\.events).map(\.kind) == [.protectionOn])
    #expect(given(driver) == ["i0", "i1"])
  }

  @Test(
    "takes numbers from 0 to 1",
    arguments: [("0", 0.0), ("1", 1), ("0.6", 0.6), ("", nil), ("-0.1", nil), ("1.1", nil), ("nan", nil), ("60%", nil)]
      as [(String, Double?)])
  func shares(_ text: String, _ share: Double?) {
    #expect(HealthPolicy.share(text) == share)
  }

  @Test("is looked at again after a restart")
  func restart() throws {
    var first = try driver(count: 2, share: 0.9)
    try fail(0..<2, of: &first)
    var second = CatalogDriver(first.catalog)
    #expect(second.delay(of: .review("web")) != nil)
    #expect(try second.advance(by: .seconds(1)).flatMap(\.events).map(\.kind) == [.protectionOn])
  }
}

@Suite("A slow start")
struct SlowStartTests {
  private func driver(_ time: Duration) throws -> CatalogDriver {
    var catalog = Catalog()
    catalog.setPolicy(HealthPolicy(slowStart: time))
    var driver = CatalogDriver(catalog)
    for id in ["a", "b"] {
      try driver.register(id, checks: [Check(id: "c-\(id)", name: "c", status: .passing)])
    }
    return driver
  }

  private func weights(_ driver: CatalogDriver) -> [Int] { driver.catalog.health(of: "web").standings.map(\.weight) }

  @Test("gives an instance that has turned healthy its weight in five steps")
  func steps() throws {
    var driver = try driver(.seconds(10))
    #expect(weights(driver) == [1, 1])
    try driver.report("c-a", .critical, isHeartbeat: false)
    try driver.report("c-a", .passing, isHeartbeat: false)
    #expect(weights(driver) == [1, 5])
    #expect(driver.catalog.slowStartCount == 1)
    var revision = driver.catalog.revision(ofService: "web")
    for step in 2...4 {
      let events = try driver.advance(by: .seconds(2)).flatMap(\.events)
      #expect(events.map(\.kind) == [.weight])
      #expect(events.map(\.cause) == ["slow start: \(20 * step)% of its weight"])
      #expect(weights(driver) == [step, 5])
      #expect(driver.catalog.revision(ofService: "web") > revision)
      revision = driver.catalog.revision(ofService: "web")
    }
    try driver.advance(by: .seconds(2))
    #expect(weights(driver) == [1, 1])
    #expect(driver.catalog.slowStartCount == 0)
    #expect(try driver.advance(by: .seconds(60)).isEmpty)
  }

  @Test("begins anew after a relapse, and ends with the instance")
  func relapse() throws {
    var driver = try driver(.seconds(10))
    try driver.report("c-a", .critical, isHeartbeat: false)
    try driver.report("c-a", .warning, isHeartbeat: false)
    try driver.advance(by: .seconds(5))
    try driver.report("c-a", .passing, isHeartbeat: false)
    #expect(weights(driver) == [3, 5], "from warning to passing is no start")
    try driver.report("c-a", .critical, isHeartbeat: false)
    #expect(driver.catalog.slowStartCount == 0)
    try driver.report("c-a", .passing, isHeartbeat: false)
    #expect(weights(driver) == [1, 5])
    try driver.deregister("a")
    #expect(driver.catalog.slowStartCount == 0)
    #expect(weights(driver) == [1])
    #expect(driver.timers.count == 0)
  }

  @Test("is not made where it is off, or by an instance that is new")
  func off() throws {
    var driver = try driver(.zero)
    try driver.report("c-a", .critical, isHeartbeat: false)
    try driver.report("c-a", .passing, isHeartbeat: false)
    #expect(weights(driver) == [1, 1])
    #expect(driver.catalog.slowStartCount == 0)
  }
}
