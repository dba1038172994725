import MusterDiscovery
import MusterThreading
import Testing

@testable import MusterConsulDiscovery

@Suite("What a registry is asked")
struct ConsulRequestTests {
  /// Gives one answer to all requests, which it keeps.
  private final class Canned: Sendable {
    let asked = Locked<[ConsulRequest]>([])
    let answer: ConsulAnswer

    init(_ status: Int, _ text: String = "", index: String? = "5") {
      answer = ConsulAnswer(status: status, index: index, body: Array(text.utf8))
    }

    func provider(_ settings: ConsulSettings = ConsulSettings(host: "10.0.0.9")) throws -> ConsulDiscovery {
      try ConsulDiscovery(
        ConsulRequests(settings: settings) { request in
          self.asked.withLock { $0.append(request) }
          return self.answer
        })
    }

    var body: String { String(decoding: asked.withLock { $0.first?.body ?? [] }, as: UTF8.self) }
    var path: String { asked.withLock { $0.first?.path ?? "" } }
  }

  private static let instance = Registration(service: "web", port: 80, id: "a/b c").instance(at: "h")

  @Test("a registration carries everything, all TTLs as one check")
  func registration() async throws {
    let canned = Canned(200)
    let registration = Registration(
      service: "web", port: 80, tags: ["t"], metadata: ["k": "\"v\""], weight: 0, zone: "z",
      checks: [
        HealthCheck(.ttl(.seconds(30)), deregisterAfter: .seconds(90)), HealthCheck(.ttl(.milliseconds(1_500))),
        HealthCheck(.http(url: "http://h/health")), HealthCheck(.tcp(Endpoint(host: "::1", port: 9))),
      ])
    let instance = try await canned.provider().register(registration)
    #expect(instance.id == "web-10.0.0.9-80")
    #expect(instance.health == .critical)
    #expect(canned.path == "/v1/agent/service/register?replace-existing-checks=true")
    #expect(
      canned.body == """
        {"ID":"web-10.0.0.9-80","Name":"web","Address":"10.0.0.9","Port":80,"Tags":["t"],\
        "Meta":{"k":"\\"v\\"","zone":"z","muster-weight":"0"},"Weights":{"Passing":1,"Warning":1},\
        "Checks":[{"CheckID":"service:web-10.0.0.9-80:ttl","Name":"reports of the service","TTL":"1500ms",\
        "DeregisterCriticalServiceAfter":"90000ms"},\
        {"HTTP":"http://h/health","Interval":"10000ms","Timeout":"2000ms"},\
        {"TCP":"[::1]:9","Interval":"10000ms","Timeout":"2000ms"}]}
        """)
  }

  @Test(
    "what the registry has no place for is refused before anything is sent",
    arguments: [
      Registration(service: "web", port: 80, metadata: ["zone": "a"]),
      Registration(service: "web", port: 80, metadata: ["muster-weight": "0"]),
      Registration(
        service: "web", port: 80, id: String(repeating: "i", count: 245), checks: [HealthCheck(.ttl(.seconds(5)))]),
      Registration(service: "web", port: 0), Registration(service: "w b", port: 1),
    ])
  func refused(registration: Registration) async throws {
    let canned = Canned(200)
    let error = await #expect(throws: DiscoveryError.self) { try await canned.provider().register(registration) }
    #expect(error?.code == .invalidArgument)
    #expect(canned.path == "")
  }

  @Test("ids are written into paths without their meaning there")
  func paths() async throws {
    let canned = Canned(200)
    try await canned.provider().deregister(Self.instance)
    #expect(canned.path == "/v1/agent/service/deregister/a%2Fb%20c")
    let other = Canned(200)
    try await other.provider().renew(Self.instance, health: .warning, note: "n")
    #expect(other.path == "/v1/agent/check/update/service%3Aa%2Fb%20c%3Attl")
    #expect(other.body == #"{"Status":"warning","Output":"n"}"#)
  }

  @Test(
    "ids and names of dots alone are encoded, since dots would lead elsewhere",
    arguments: [(".", "%2E"), ("..", "%2E%2E"), ("..a", "..a"), ("a.b", "a.b")])
  func dots(text: String, encoded: String) async throws {
    let canned = Canned(200)
    try await canned.provider().deregister(Registration(service: "web", port: 80, id: text).instance(at: "h"))
    #expect(canned.path == "/v1/agent/service/deregister/\(encoded)")
    let other = Canned(200, "[]")
    _ = try await other.provider().discover(text)
    #expect(other.path == "/v1/health/service/\(encoded)")
  }

  @Test(
    "an answer to a report says how it went",
    arguments: [
      (200, "", nil), (404, "Unknown check ID", .notRegistered),
      (500, #"CheckID "x" does not have associated TTL"#, .notRegistered), (500, "No cluster leader", .unavailable),
      (429, "", .unavailable), (503, "", .unavailable), (403, "Permission denied", .refused), (400, "", .refused),
      (301, "", .invalidResponse),
    ] as [(Int, String, DiscoveryError.Code?)])
  func reports(status: Int, text: String, code: DiscoveryError.Code?) async throws {
    do {
      try await Canned(status, text).provider().renew(Self.instance, health: .passing, note: "")
      #expect(code == nil)
    } catch let error as DiscoveryError {
      #expect(error.code == code)
    }
  }

  @Test("deregistering what is not there is no error", arguments: [(404, ""), (500, "Unknown service \"x\"")])
  func unknown(status: Int, text: String) async throws {
    try await Canned(status, text).provider().deregister(Self.instance)
  }

  @Test("an answer without a sound index makes no sense", arguments: [nil, "", "0", "-1", "x", "1.5"])
  func indexes(index: String?) async throws {
    let error = await #expect(throws: DiscoveryError.self) {
      try await Canned(200, "[]", index: index).provider().discover("web")
    }
    #expect(error?.code == .invalidResponse)
    #expect(error?.message.contains("X-Consul-Index") == true)
  }

  @Test(
    "settings out of range are refused",
    arguments: [
      ConsulSettings(wait: .milliseconds(999)), ConsulSettings(wait: .seconds(601)), ConsulSettings(timeout: .zero),
      ConsulSettings(answerBytes: 0), ConsulSettings(answerInstances: 0), ConsulSettings(token: "a\nb"),
    ])
  func settings(settings: ConsulSettings) {
    let error = #expect(throws: DiscoveryError.self) { _ = try Canned(200).provider(settings) }
    #expect(error?.code == .invalidArgument)
  }
}
