import MusterDiscovery
import MusterTestSupport
import Testing

@testable import MusterConsulDiscovery

@Suite("What a registry answers about a service")
struct HealthAnswerTests {
  private static func read(
    _ text: String, _ settings: ConsulSettings = ConsulSettings()
  ) throws(DiscoveryError) -> [Instance] {
    try HealthAnswer.instances(of: "web", in: Array(text.utf8), settings)
  }

  static func entry(
    node: String = "n1", id: String = "web-1", service: String = "web", address: String = "10.0.0.2",
    port: String = "80", more: String = "", checks: String = "[]"
  ) -> String {
    """
    {"Node": {"Node": "\(node)", "Address": "10.0.0.1"}, "Service": {"ID": "\(id)", "Service": "\(service)", \
    "Address": "\(address)", "Port": \(port)\(more)}, "Checks": \(checks)}
    """
  }

  @Test("becomes an instance with all that it says")
  func whole() throws {
    let more = """
      , "Tags": ["a", "b"], "Meta": {"zone": "z1", "k": "v"}, "Weights": {"Passing": 5, "Warning": 2}
      """
    let passing = try Self.read("[\(Self.entry(more: more))]")
    #expect(
      passing == [
        Instance(
          id: "web-1", service: "web", endpoint: Endpoint(host: "10.0.0.2", port: 80), tags: ["a", "b"],
          metadata: ["k": "v"], weight: 5, zone: "z1")
      ])
    let warning = try Self.read(
      "[\(Self.entry(more: more, checks: #"[{"CheckID": "c", "Status": "warning"}]"#))]")
    #expect(warning.map(\.health) == [.warning])
    #expect(warning.map(\.weight) == [2])
  }

  @Test("may leave out what has a default")
  func sparse() throws {
    let more = #", "Tags": null, "Meta": null"#
    let found = try Self.read("[\(Self.entry(address: "", more: more, checks: "null"))]")
    #expect(found.map(\.endpoint.host) == ["10.0.0.1"])
    #expect(found.map(\.weight) == [1])
  }

  @Test(
    "counts by its worst check",
    arguments: [
      (#"[{"CheckID": "c", "Status": "passing"}, {"CheckID": "d", "Status": "critical"}]"#, 0),
      (#"[{"CheckID": "c", "Status": "warning"}, {"CheckID": "d", "Status": "passing"}]"#, 1),
      (#"[{"CheckID": "_node_maintenance", "Status": "critical"}]"#, 0),
      (#"[{"CheckID": "_service_maintenance:web-1", "Status": "critical"}]"#, 0),
      (#"[{"CheckID": "c", "Status": "odd"}]"#, 0),
    ])
  func checks(text: String, count: Int) throws {
    #expect(try Self.read("[\(Self.entry(checks: text))]").count == count)
  }

  @Test("leaves out what has no port and what is of another service")
  func leftOut() throws {
    #expect(try Self.read("[\(Self.entry(port: "0")), \(Self.entry(service: "Web"))]") == [])
  }

  @Test("may have an id on several nodes")
  func sameIDs() throws {
    let entries = [Self.entry(node: "n2"), Self.entry(node: "n1"), Self.entry(node: "n1", id: "web-2")]
    #expect(try Self.read("[\(entries.joined(separator: ","))]").map(\.id) == ["n1/web-1", "n2/web-1", "web-2"])
  }

  @Test(
    "makes no sense",
    arguments: [
      ("", "not JSON"), ("<html>", "not JSON"), ("[", "not JSON"), ("{}", "it is {}: a list"),
      ("null", "it is missing"),
      ("[1]", "[0].Service.ID is missing"), ("[null]", "[0].Service.ID"),
      ("[{\"Service\": []}]", "[0].Service.ID is missing"),
      ("[\(entry(id: ""))]", "[0].Service.ID is \"\""), ("[\(entry(port: "70000"))]", "Port is 70000"),
      ("[\(entry(port: "-1"))]", "Port is -1: a number from 0 to 65535"),
      ("[\(entry(port: "\"80\""))]", "Port is \"80\""),
      ("[\(entry(port: "80.5"))]", "Port is 80.5"), ("[\(entry(port: "99999999999999999999"))]", "not JSON"),
      ("[\(entry(more: #", "Tags": "a""#))]", "Tags is \"a\": a list"),
      ("[\(entry(more: #", "Tags": [1]"#))]", "Tags[0] is 1: a text"),
      ("[\(entry(more: #", "Meta": []"#))]", "Meta is []: an object"),
      ("[\(entry(more: #", "Meta": {"k": 1}"#))]", "Meta.k is 1: a text"),
      ("[\(entry(more: #", "Weights": {"Passing": "1"}"#))]", "Weights.Passing is \"1\""),
      ("[\(entry(more: #", "Weights": {"Passing": -1}"#))]", "Weights.Passing is -1"),
      ("[\(entry(checks: "{}"))]", "Checks is {}: a list"),
      ("[\(entry(checks: "[{}]"))]", "Checks[0].CheckID is missing"),
      ("[\(entry(address: String(repeating: "a", count: 256)))]", "a text of 1 to 255 bytes"),
      (String(repeating: "[", count: 100), "not JSON"),
    ])
  func wrong(text: String, part: String) {
    let error = #expect(throws: DiscoveryError.self) { try Self.read(text) }
    #expect(error?.code == .invalidResponse)
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test("may be too large")
  func limits() {
    let three = "[\((1...3).map { Self.entry(id: "web-\($0)") }.joined(separator: ","))]"
    let few = #expect(throws: DiscoveryError.self) { try Self.read(three, ConsulSettings(answerInstances: 2)) }
    #expect(few?.message == "the registry's answer has 3 instances: 2 are allowed")
    let short = #expect(throws: DiscoveryError.self) { try Self.read(three, ConsulSettings(answerBytes: 100)) }
    #expect(short?.code == .invalidResponse)
  }

  @Test("may be anything: bytes changed by chance give instances or an error", arguments: 0..<8 as Range<UInt64>)
  func random(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let more = #", "Tags": ["a"], "Meta": {"zone": "z1"}, "Weights": {"Passing": 5, "Warning": 2}"#
    let good = Array(
      "[\(Self.entry(more: more, checks: #"[{"CheckID": "c", "Status": "warning"}]"#)), \(Self.entry(id: "b"))]".utf8)
    var outcomes: Set<Bool> = []
    for _ in 0..<500 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: Array(#"[]{}",:0"#.utf8).shuffled(using: &random).prefix(2), at: place)
        }
      }
      do {
        let found = try HealthAnswer.instances(of: "web", in: bytes, ConsulSettings())
        #expect(found.allSatisfy { $0.endpoint.port > 0 && $0.health.isCallable })
        outcomes.insert(true)
      } catch {
        #expect(error.code == .invalidResponse)
        outcomes.insert(false)
      }
    }
    #expect(outcomes == [true, false])
  }
}
