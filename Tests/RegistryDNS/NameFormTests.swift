import MusterCatalog
import MusterDNS
import Testing

@testable import MusterRegistryDNS

@Suite("What each form of a name is answered with")
struct NameFormTests {
  /// Two instances of `web`, one of them with a tag and a weight; one of `db` under a name; one of `Mixed`.
  static func world() throws -> World {
    let world = try World()
    try world.node("here", "10.0.0.9")
    try world.node("n1", "10.0.0.1", meta: ["rack": "a=1"])
    try world.node("n.six", "2001:db8::6")
    try world.node("named", "host.example.com")
    try world.instance("web", "w1", "10.1.0.1", port: 8_001, tags: ["V1", "a.b"], meta: ["k": "v", "z=`": "1"])
    try world.instance("web", "w2", "2001:db8::1", port: 8_002, meta: ["k": "v"], weights: .init(passing: 7))
    try world.instance("web", "w3", "", port: 8_003, tags: ["v2"], node: "n1")
    try world.instance("db", "d1", "db.example.com", port: 5_432)
    try world.instance("Mixed", "m1", "10.2.0.1", port: 9)
    try world.instance("mixed", "m2", "10.2.0.2", port: 9)
    try world.instance("nowhere", "x1", "not a host..", port: 9)
    return world
  }

  struct Form: CustomTestStringConvertible {
    let name: String
    var type = RecordType.a
    let answers: [String]
    var testDescription: String { "\(name) \(type.rawValue)" }

    init(_ name: String, _ type: RecordType = .a, _ answers: [String]) {
      (self.name, self.type, self.answers) = (name, type, answers)
    }
  }

  static let services = [
    "1 1 8001 0a010001.addr.dc1.consul.", "1 1 8003 0a000001.addr.dc1.consul.",
    "1 7 8002 20010db8000000000000000000000001.addr.dc1.consul.",
  ]

  static let forms = [
    Form("web.service.consul", .a, ["10.0.0.1", "10.1.0.1"]),
    Form("web.service.consul", .aaaa, ["2001:db8::1"]),
    Form("web.service.consul", .srv, services),
    Form("web.service.consul", .txt, ["k=v", "z`=``=1"]),
    Form("web.service.consul", .any, ["10.0.0.1", "10.1.0.1", "2001:db8::1", "k=v", "z`=``=1"] + services),
    Form("web.service.muster", .a, ["10.0.0.1", "10.1.0.1"]),
    Form("web.service.dc1.consul", .a, ["10.0.0.1", "10.1.0.1"]),
    Form("WEB.Service.DC1.Consul", .a, ["10.0.0.1", "10.1.0.1"]),
    Form("v1.web.service.consul", .a, ["10.1.0.1"]),
    Form("V2.web.service.dc1.muster", .srv, ["1 1 8003 0a000001.addr.dc1.muster."]),
    Form("a.b.web.service.consul", .a, ["10.1.0.1"]),
    Form("_web._tcp.service.consul", .srv, services),
    Form("_web._v1.service.consul", .srv, ["1 1 8001 0a010001.addr.dc1.consul."]),
    Form("_WEB._TCP.service.dc1.consul", .a, ["10.0.0.1", "10.1.0.1"]),
    Form("db.service.consul", .a, ["db.example.com."]),
    Form("db.service.consul", .aaaa, ["db.example.com."]),
    Form("db.service.consul", .srv, ["1 1 5432 db.example.com."]),
    Form("mixed.service.consul", .a, ["10.2.0.1", "10.2.0.2"]),
    Form("MIXED.service.consul", .a, ["10.2.0.1", "10.2.0.2"]),
    Form("n1.node.consul", .a, ["10.0.0.1"]),
    Form("n1.node.dc1.consul", .txt, ["rack=a=1"]),
    Form("n1.node.consul", .any, ["10.0.0.1", "rack=a=1"]),
    Form("N.six.node.consul", .aaaa, ["2001:db8::6"]),
    Form("named.node.consul", .a, ["host.example.com."]),
    Form("0a010203.addr.consul", .a, ["10.1.2.3"]),
    Form("0A010203.addr.dc1.muster", .any, ["10.1.2.3"]),
    Form("20010db8000000000000000000000001.addr.consul", .aaaa, ["2001:db8::1"]),
    Form("consul", .ns, ["ns.consul."]),
    Form("muster", .soa, ["ns.muster. hostmaster.muster. 0"]),
    Form("consul", .any, ["ns.consul.", "ns.consul. hostmaster.consul. 0"]),
    Form("ns.consul", .a, ["10.0.0.9"]),
    Form("1.0.0.10.in-addr.arpa", .ptr, ["n1.node.dc1.consul."]),
    Form("1.0.1.10.in-addr.arpa", .ptr, ["web.service.dc1.consul."]),
    Form(
      "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", .any, ["web.service.dc1.consul."]),
  ]

  @Test("a name that is there", arguments: forms)
  func found(_ form: Form) throws {
    let message = try #require(try Self.world().ask(form.name, form.type, edns: 4_096))
    #expect(message.responseCode == .noError)
    #expect(message.flags.contains([.response, .authoritative, .recursionDesired]))
    #expect(!message.flags.contains(.recursionAvailable))
    #expect(message.answers.map(\.words).sorted() == form.answers.sorted())
    #expect(message.answers.allSatisfy { $0.ttl == 0 && $0.name == DomainName(form.name) })
    #expect(message.questions.map(\.name) == [DomainName(form.name)])
    #expect(message.authorities.isEmpty)
  }

  @Test(
    "a name that is there, but has no record of that type",
    arguments: [
      ("service.consul", .a), ("node.dc1.consul", .srv), ("dc1.consul", .a), ("addr.muster", .txt), ("consul", .a),
      ("mixed.service.consul", .aaaa), ("n1.node.consul", .aaaa), ("n1.node.consul", .srv), ("db.service.consul", .txt),
      ("0a010203.addr.consul", .aaaa), ("web.service.consul", RecordType(rawValue: 65)), ("ns.consul", .aaaa),
    ] as [(String, RecordType)])
  func noData(name: String, type: RecordType) throws {
    let message = try #require(try Self.world().ask(name, type))
    #expect(message.responseCode == .noError)
    #expect(message.flags.contains(.authoritative))
    #expect(message.answers.isEmpty)
    #expect(message.authorities.map(\.type) == [.soa])
    #expect(message.authorities.allSatisfy { name.hasSuffix($0.name.description.dropLast()) })
  }

  @Test(
    "a name that is not there",
    arguments: [
      "unknown.service.consul", "v3.web.service.consul", "web.service.dc2.consul", "nowhere.service.consul",
      "_web._udp.service.consul", "x.node.consul", "zzz.addr.consul", "0a0102.addr.consul", "1.0a010203.addr.consul",
      "web.consul", "x.ns.consul", "_tcp.consul", "web.services.consul",
    ])
  func unknown(name: String) throws {
    let message = try #require(try Self.world().ask(name))
    #expect(message.responseCode == .nameError)
    #expect(message.flags.contains(.authoritative))
    #expect(message.answers.isEmpty)
    #expect(message.authorities.map(\.words) == ["ns.consul. hostmaster.consul. 0"])
  }

  @Test(
    "a name of others is refused",
    arguments: ["example.com", "consul.example", "xconsul", ".", "9.9.9.9.in-addr.arpa", "0.10.in-addr.arpa"])
  func refused(name: String) throws {
    let message = try #require(try Self.world().ask(name))
    #expect(message.responseCode == .refused)
    #expect(!message.flags.contains(.authoritative))
  }

  @Test("a name of others is left to the recursor where there is one, if the client wants that")
  func forwarded() throws {
    let world = try World(forwards: true)
    #expect(world.ask("example.com") == nil)
    #expect(try #require(world.ask("x.service.consul")).flags.contains(.recursionAvailable))
  }

  @Test("an SRV answer has the address of each host once, beside it")
  func additional() throws {
    let world = try Self.world()
    try world.instance("twin", "t1", "10.3.0.1", port: 1)
    try world.instance("twin", "t2", "10.3.0.1", port: 2)
    let message = try #require(world.ask("twin.service.consul", .srv))
    #expect(message.answers.count == 2)
    #expect(message.additionals.map(\.words) == ["10.3.0.1"])
    #expect(message.additionals.first?.name == DomainName("0a030001.addr.dc1.consul"))
    #expect(world.answers("twin.service.consul") == ["10.3.0.1"])
  }

  @Test("domains and the datacenter are what the settings say")
  func settings() throws {
    var settings = World.settings
    settings.domains = ["Corp.Example."]
    settings.datacenter = "EU-1"
    let world = try World(settings)
    try world.instance("web", "w1", "10.1.0.1", port: 1)
    #expect(world.answers("web.service.corp.example", .srv) == ["1 1 1 0a010001.addr.eu-1.corp.example."])
    #expect(world.answers("web.service.eu-1.corp.example") == ["10.1.0.1"])
    #expect(try #require(world.ask("web.service.consul")).responseCode == .refused)
  }

  @Test(
    "settings that make no sense are refused with what is wrong",
    arguments: [
      (["a..b"], "dc1", "'a..b'"), ([], "dc1", "no domain"), (["."], "dc1", "'.'"), (["consul"], "", "''"),
      (["consul"], String(repeating: "d", count: 64), "1 to 63"),
    ])
  func badSettings(domains: [String], datacenter: String, says: String) throws {
    var settings = World.settings
    settings.domains = domains
    settings.datacenter = datacenter
    let error = #expect(throws: DNSServerError.self) { try Zone(settings) }
    #expect(error?.code == .invalidSetting)
    #expect(error?.message.contains(says) == true)
  }
}
