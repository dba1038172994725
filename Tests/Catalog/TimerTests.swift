import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("A TTL check")
struct ExpiryTests {
  @Test("that is not renewed turns critical at its moment, and says why")
  func expires() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", .seconds(10))])
    try driver.report("c", .warning, "slow disk")
    let tooEarly = try driver.advance(by: .milliseconds(9_999))
    #expect(tooEarly.isEmpty)
    #expect(driver.status("a") == .warning)
    let outcomes = try driver.advance(by: .milliseconds(1))
    #expect(outcomes.flatMap(\.events).map(\.kind) == [.critical])
    #expect(outcomes[0].events[0].cause == "check \"c\": TTL expired: no report for 10s")
    #expect(driver.check("c")?.output == "TTL expired: no report for 10s; the last one said: slow disk")
    #expect(driver.status("a") == .critical)
  }

  @Test("that expired has no timer until the next report, which starts it again")
  func staysOff() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", .seconds(10))])
    try driver.advance(by: .seconds(10))
    #expect(driver.check("c")?.output == "TTL expired: no report for 10s")
    #expect(driver.timers.count == 0)
    let silence = try driver.advance(by: .seconds(3_600))
    #expect(silence.isEmpty)
    try driver.report("c", .passing)
    #expect(driver.status("a") == .passing)
    #expect(driver.check("c")?.output == "")
    #expect(driver.delay(of: .expiry("c")) == .seconds(10))
    try driver.advance(by: .seconds(10))
    #expect(driver.status("a") == .critical)
  }

  @Test("that is critical and then falls silent says so once, and stays critical")
  func silentWhileCritical() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", .seconds(10))])
    try driver.report("c", .critical, "out of memory")
    let outcomes = try driver.advance(by: .seconds(10))
    let output = "TTL expired: no report for 10s; the last one said: out of memory"
    #expect(outcomes.flatMap(\.events).map(\.kind) == [.output])
    #expect(outcomes[0].events[0].cause == #"check "c": TTL expired: no report for 10s"#)
    #expect(driver.check("c")?.output == output)
    #expect(driver.status("a") == .critical)
    try driver.register("a", checks: [.ttl("c", .seconds(10))])
    var later = CatalogDriver(try Contents(of: driver.catalog).restored())
    for outcomes in [try driver.advance(by: .seconds(10)), try later.advance(by: .seconds(10))] {
      #expect(outcomes.count == 1, "the timer was started anew")
      #expect(outcomes.flatMap(\.events).isEmpty)
    }
    #expect(driver.check("c")?.output == output)
    #expect(later.check("c")?.output == output)
  }

  @Test("that says it is critical each time it has expired is told to have expired each time")
  func silentAgain() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", .seconds(10), deregisterAfter: .seconds(60))])
    for _ in 0..<2 {
      try driver.report("c", .critical, "out of memory")
      try driver.advance(by: .seconds(10))
      #expect(driver.check("c")?.output == "TTL expired: no report for 10s; the last one said: out of memory")
    }
    #expect(driver.delay(of: .reaper("c")) == .seconds(40), "the time to removal runs on")
  }

  @Test("starts critical unless it says otherwise, and its timer runs from the start")
  func starts() throws {
    var driver = CatalogDriver()
    let definition = CheckDefinition(probe: .ttl(.seconds(10)))
    try driver.register("a", checks: [Check(id: "c", name: "c", definition: definition)])
    #expect(driver.status("a") == .critical)
    #expect(driver.delay(of: .expiry("c")) == .seconds(10))
  }

  @Test("of a node that expires turns all its services")
  func nodeCheck() throws {
    var driver = CatalogDriver()
    try driver.register("a")
    try driver.register(.ttl("alive"), of: nil)
    let outcomes = try driver.advance(by: .seconds(10))
    #expect(outcomes.map(\.topics) == [[.service("web"), .node("n1"), .checks]])
    #expect(driver.status("a") == .critical)
  }

  @Test("that is gone, or has no TTL any more, is left alone by a timer that fires late")
  func late() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.manual("c", deregisterAfter: .seconds(60))])
    for timer in [CatalogTimer.expiry("c"), .expiry("ghost"), .reaper("c"), .reaper("ghost")] {
      let outcome = try driver.apply(.timerFired(timer))
      #expect(outcome.events.isEmpty)
      #expect(outcome.topics.isEmpty)
    }
    #expect(driver.status("a") == .passing)
  }
}

@Suite("An instance with a limit for being critical")
struct ReapingTests {
  static let limit = Duration.seconds(60)

  @Test("is removed at that limit, whatever kind of check it has", arguments: [true, false])
  func reaps(hasTTL: Bool) throws {
    var driver = CatalogDriver()
    let check: Check = hasTTL ? .ttl("c", deregisterAfter: Self.limit) : .manual("c", deregisterAfter: Self.limit)
    try driver.register("a", checks: [check])
    try driver.register("b", of: "api")
    #expect(driver.delay(of: .reaper("c")) == nil)
    if hasTTL {
      try driver.advance(by: .seconds(10))
    } else {
      try driver.register(.manual("c", status: .critical, deregisterAfter: Self.limit), of: "a", statuses: .asGiven)
    }
    #expect(driver.delay(of: .reaper("c")) == Self.limit)
    let tooEarly = try driver.advance(by: .milliseconds(59_999))
    #expect(tooEarly.isEmpty)
    let outcomes = try driver.advance(by: .milliseconds(1))
    #expect(outcomes.flatMap(\.events).map(\.kind) == [.deregistered])
    #expect(outcomes[0].events[0].cause == "check \"c\" was critical for 1m0s")
    #expect(driver.status("a") == nil)
    #expect(driver.status("b") == .passing)
    #expect(driver.timers.count == 0)
  }

  @Test("is removed when it never reports at all")
  func neverReports() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", status: .critical, deregisterAfter: Self.limit)])
    try driver.advance(by: Self.limit)
    #expect(driver.status("a") == nil)
  }

  @Test("stays when it passes in time, and gets the whole time again the next time")
  func cancelled() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", .seconds(600), deregisterAfter: Self.limit)])
    try driver.report("c", .critical)
    try driver.advance(by: .seconds(59))
    try driver.report("c", .warning)
    #expect(driver.delay(of: .reaper("c")) == nil)
    try driver.advance(by: .seconds(30))
    try driver.report("c", .critical)
    try driver.advance(by: .seconds(59))
    #expect(driver.status("a") == .critical)
    try driver.advance(by: .seconds(1))
    #expect(driver.status("a") == nil)
  }

  @Test("gets no more time by registering or reporting again while it is critical")
  func notRestarted() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", .seconds(600), deregisterAfter: Self.limit)])
    try driver.report("c", .critical)
    try driver.advance(by: .seconds(20))
    try driver.report("c", .critical, "still")
    try driver.advance(by: .seconds(20))
    for port in [80, 81] {
      try driver.register("a", port: port, checks: [.ttl("c", .seconds(600), deregisterAfter: Self.limit)])
    }
    #expect(driver.delay(of: .reaper("c")) == .seconds(20))
    try driver.advance(by: .seconds(20))
    #expect(driver.status("a") == nil)
  }

  @Test("gets the new limit from now on when the limit changes, and none when it is dropped")
  func otherLimit() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("c", status: .critical, deregisterAfter: Self.limit)])
    try driver.advance(by: .seconds(20))
    try driver.register("a", checks: [.ttl("c", deregisterAfter: .seconds(300))])
    #expect(driver.delay(of: .reaper("c")) == .seconds(300))
    try driver.register("a", checks: [.ttl("c")])
    #expect(driver.delay(of: .reaper("c")) == nil)
  }

  @Test("is not removed for a check of its node")
  func nodeCheck() throws {
    var driver = CatalogDriver()
    try driver.register("a")
    try driver.register(.manual("disk", status: .critical, deregisterAfter: Self.limit), of: nil)
    try driver.advance(by: .seconds(600))
    #expect(driver.status("a") == .critical)
    #expect(driver.check("disk") != nil)
  }
}
