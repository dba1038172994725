import Testing

@testable import MusterCatalog

@Suite("The owner of a check")
struct CheckOwnerTests {
  @Test(
    "is told by an id such as agents give, and by no other",
    arguments: [
      ("service:a", "a", true), ("service:a:1", "a", true), ("service:a:1", "a:1", true),
      ("service:a:1:2", "a:1", true), ("service:a:1:2", "a", false), ("service:ab", "a", false),
      ("service:", "", true), ("service:a", nil, false), ("service:a", "b", false), ("a", "a", false), ("", "", false),
      ("Service:a", "a", false), ("service", "a", false),
    ] as [(String, String?, Bool)])
  func told(check: String, instance: String?, expected: Bool) {
    #expect(CheckOwner.isTold(by: check, of: instance) == expected)
  }

  @Test("is found when the id tells it, and is not kept then")
  func canonical() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("service:a:1"), .ttl("service:a:2"), .ttl("other")])
    try driver.register("b", checks: [.ttl("service:b")])
    #expect(driver.catalog.node("n1")?.owners.values.map(\.check) == ["other"])
    try driver.report("service:a:2", .critical)
    try driver.report("service:b", .warning)
    #expect(driver.status("a") == .critical)
    #expect(driver.status("b") == .warning)
  }

  @Test("is right when the id tells of another instance that is there too")
  func misleading() throws {
    var driver = CatalogDriver()
    try driver.register("a", checks: [.ttl("service:b")])
    try driver.register("b")
    try driver.report("service:b", .critical)
    #expect(driver.status("a") == .critical)
    #expect(driver.status("b") == .passing)
    try driver.register(.ttl("service:b"), of: "b")
    #expect(driver.status("a") == .passing)
    #expect(driver.status("b") == .critical)
    #expect(driver.catalog.node("n1")?.owners.isEmpty == true)
    try driver.register(.ttl("service:b"), of: nil)
    #expect(driver.status("a") == .critical)
    #expect(driver.check("service:b")?.status == .critical)
  }

  @Test("is right when both an instance and the one whose id has its number have such a check")
  func numbers() throws {
    var driver = CatalogDriver()
    try driver.register("a:1", checks: [.ttl("service:a:1:1")])
    try driver.register("a", checks: [.ttl("service:a:1"), .ttl("service:a:2")])
    try driver.report("service:a:1", .critical)
    #expect(driver.status("a") == .critical)
    #expect(driver.status("a:1") == .passing)
    try driver.report("service:a:1:1", .warning)
    #expect(driver.status("a:1") == .warning)
  }
}
