import MusterTiming
import Testing

@testable import MusterCatalog

@Suite("The node that the registry runs on")
struct OwnNodeTests {
  private static let node = Node(
    name: "n1", id: "11111111-2222-4333-8444-555555555555", address: "10.0.0.1",
    taggedAddresses: ["lan": "10.0.0.1", "wan": "10.0.0.1"], meta: ["zone": "a"])

  private static func driver() throws -> CatalogDriver {
    var driver = CatalogDriver()
    try driver.apply(.keep(node, cause: "the server started"))
    return driver
  }

  /// The node as it is now, without its revisions.
  private func node(_ driver: CatalogDriver) -> Node? {
    driver.catalog.node("n1").map {
      var node = $0.node
      (node.createRevision, node.modifyRevision) = (0, 0)
      return node
    }
  }

  @Test("loses what is on it when it is deregistered, and comes back at once")
  func deregistered() throws {
    var driver = try Self.driver()
    try driver.register("a", checks: [.ttl("c")])
    try driver.register(.ttl("disk"), of: nil)
    let outcome = try driver.apply(.deregisterNode("n1", cause: "asked to"))
    #expect(outcome.events.map(\.kind) == [.deregistered, .nodeDeregistered, .nodeRegistered])
    #expect(outcome.events.map(\.revision) == [4, 5, 6])
    #expect(outcome.events.last?.changes.count == 1)
    #expect(node(driver) == Self.node)
    #expect(driver.catalog.node("n1")?.node.createRevision == 6)
    #expect(driver.catalog.node("n1")?.checks.isEmpty == true)
    #expect(driver.catalog.instanceCount == 0)
    #expect(driver.timers.count == 0)
    // Without saying where the node is.
    try driver.apply(.register(Registration(node: "n1", instance: Instance(id: "a", service: "web"))))
    #expect(driver.status("a") == .passing)
  }

  @Test("keeps its id and addresses whatever is registered, while metadata, instances and checks count")
  func takenOver() throws {
    var driver = try Self.driver()
    let update = Node(
      name: "n1", address: "9.9.9.9", taggedAddresses: ["lan": "9.9.9.9"], meta: ["rack": "7"])
    try driver.apply(
      .register(
        Registration(
          node: "n1", nodeUpdate: update, instance: Instance(id: "a", service: "web"),
          checks: [.init(.manual("c", status: .warning), of: "a"), .init(.manual("disk"), of: nil)])))
    var expected = Self.node
    expected.meta = ["rack": "7"]
    #expect(node(driver) == expected)
    #expect(driver.status("a") == .warning)
    #expect(driver.check("disk") != nil)
  }

  @Test("does not change for an update that only says where it is otherwise")
  func nothingChanges() throws {
    var driver = try Self.driver()
    let outcome = try driver.register(Node(name: "n1", address: "9.9.9.9", meta: ["zone": "a"]))
    #expect(outcome.events.isEmpty)
    #expect(driver.catalog.revision == 1)
  }

  @Test("is another one after a start with other settings, and that one is kept")
  func settings() throws {
    var driver = try Self.driver()
    var moved = Self.node
    moved.address = "10.0.0.2"
    try driver.apply(.keep(moved, cause: "the server started"))
    #expect(node(driver)?.address == "10.0.0.2")
    try driver.register(Self.node)
    #expect(node(driver)?.address == "10.0.0.2")
  }

  @Test("is the only one that is kept")
  func others() throws {
    var driver = try Self.driver()
    try driver.register(Node(name: "n2", id: "x", address: "10.0.0.2"))
    try driver.register(Node(name: "n2", id: "y", address: "10.0.0.3"))
    #expect(driver.catalog.node("n2")?.node.address == "10.0.0.3")
    #expect(driver.catalog.node("n2")?.node.id == "y")
    try driver.apply(.deregisterNode("n2", cause: "asked to"))
    #expect(driver.catalog.node("n2") == nil)
  }
}
