import MusterCatalog
import MusterDNS
import Testing

@testable import MusterRegistryDNS

@Suite("Health, weights and order")
struct HealthTests {
  @Test("critical instances and those in maintenance never appear, warning ones do unless only passing ones are wanted")
  func statuses() throws {
    for onlyPassing in [false, true] {
      var settings = World.settings
      settings.onlyPassing = onlyPassing
      let world = try World(settings)
      try world.instance("web", "p", "10.0.0.1", weights: .init(passing: 3, warning: 1))
      try world.instance("web", "w", "10.0.0.2", weights: .init(passing: 3, warning: 2), status: .warning)
      try world.instance("web", "c", "10.0.0.3", status: .critical)
      try world.instance("web", "m", "10.0.0.4")
      try world.carryOut(
        .register(
          Registration(
            node: "n1",
            checks: [.init(Check(id: Check.maintenanceID(ofInstance: "m"), name: "", status: .critical), of: "m")],
            statuses: .asGiven)))
      #expect(world.answers("web.service.consul") == (onlyPassing ? ["10.0.0.1"] : ["10.0.0.1", "10.0.0.2"]))
      let services = world.answers("web.service.consul", .srv)
      #expect(services.first == (onlyPassing ? "1 3 80 0a000001.addr.dc1.consul." : "1 2 80 0a000002.addr.dc1.consul."))
    }
  }

  @Test("an answer follows every change, of instances, of their checks and of their nodes")
  func changes() throws {
    let world = try World()
    #expect(world.ask("web.service.consul")?.responseCode == .nameError)
    try world.instance("web", "a", "")
    #expect(world.answers("web.service.consul") == ["10.9.9.9"])
    #expect(world.answers("9.9.9.10.in-addr.arpa", .ptr) == ["n1.node.dc1.consul."])
    try world.node("n1", "10.9.9.8")
    #expect(world.answers("web.service.consul") == ["10.9.9.8"])
    #expect(world.answers("n1.node.consul") == ["10.9.9.8"])
    #expect(world.ask("9.9.9.10.in-addr.arpa", .ptr)?.responseCode == .refused)
    #expect(world.answers("8.9.9.10.in-addr.arpa", .ptr) == ["n1.node.dc1.consul."])
    try world.instance("web", "a", "10.0.0.5", status: .critical)
    #expect(world.ask("web.service.consul")?.responseCode == .nameError)
    try world.instance("web", "a", "10.0.0.5")
    #expect(world.answers("web.service.consul") == ["10.0.0.5"])
    try world.node("n1", "10.9.9.8", checks: [Check(id: "alive", name: "", status: .critical)])
    #expect(world.ask("web.service.consul")?.responseCode == .nameError)
    try world.node("n1", "10.9.9.8", checks: [Check(id: "alive", name: "", status: .passing)])
    #expect(world.answers("web.service.consul") == ["10.0.0.5"])
    try world.instance("WEB", "b", "10.0.0.6")
    #expect(world.answers("web.service.consul") == ["10.0.0.5", "10.0.0.6"])
    try world.instance("other", "b", "10.0.0.6")
    #expect(world.answers("web.service.consul") == ["10.0.0.5"])
  }

  @Test("answers come in any order, each as often")
  func shuffled() throws {
    let world = try World()
    for index in 1...4 { try world.instance("web", "\(index)", "10.0.0.\(index)") }
    var first: [String: Int] = [:]
    var orders: Set<[String]> = []
    for _ in 0..<4_000 {
      let order = (world.ask("web.service.consul")?.answers ?? []).map(\.words)
      first[order.first ?? "", default: 0] += 1
      orders.insert(order)
    }
    #expect(orders.count == 24)
    // A quarter of 4,000 each; five standard deviations of such a count are 137.
    #expect(first.count == 4 && first.values.allSatisfy { abs($0 - 1_000) < 137 })
  }

  @Test("an instance comes first as often as its weight says, and one without weight comes last")
  func weighted() throws {
    let world = try World()
    try world.instance("web", "a", "10.0.0.1", weights: .init(passing: 3))
    try world.instance("web", "b", "10.0.0.2", weights: .init(passing: 1))
    try world.instance("web", "c", "10.0.0.3", weights: .init(passing: 0))
    var (first, last) = ([String: Int](), [String: Int]())
    for _ in 0..<4_000 {
      let order = (world.ask("web.service.consul", .srv)?.answers ?? []).map(\.words)
      #expect(Set(order).count == 3)
      first[order.first ?? "", default: 0] += 1
      last[order.last ?? "", default: 0] += 1
    }
    // Three quarters of 4,000; five standard deviations are 137.
    #expect(abs((first["1 3 80 0a000001.addr.dc1.consul."] ?? 0) - 3_000) < 137)
    #expect((last["1 0 80 0a000003.addr.dc1.consul."] ?? 0) > 3_850)
  }

  @Test("an address that several instances share has the weight of all")
  func shared() throws {
    let world = try World()
    for port in 1...3 { try world.instance("web", "\(port)", "10.0.0.1", port: port) }
    try world.instance("web", "other", "10.0.0.2")
    var first = 0
    for _ in 0..<4_000 where world.ask("web.service.consul")?.answers.first?.words == "10.0.0.1" { first += 1 }
    #expect(abs(first - 3_000) < 137)
  }

  @Test("of several names that instances are at, one is given at a time")
  func aliases() throws {
    let world = try World()
    try world.instance("web", "a", "a.example")
    try world.instance("web", "b", "b.example")
    var seen: Set<[String]> = []
    for _ in 0..<100 { seen.insert(world.answers("web.service.consul")) }
    #expect(seen == [["a.example."], ["b.example."]])
    try world.instance("web", "c", "10.0.0.1")
    #expect(world.answers("web.service.consul") == ["10.0.0.1"])
    #expect(world.answers("web.service.consul", .srv).count == 3)
  }
}
