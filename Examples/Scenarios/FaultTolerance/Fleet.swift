internal import Muster
internal import MusterExampleSupport

/// The instances of a service, and a client that calls it.
struct Fleet {
  private let greeters: [Greeter]
  let discovery: StaticDiscovery
  let client: ServiceClient

  init(_ names: [String], _ events: Events) throws {
    greeters = try names.map(Greeter.init)
    discovery = try StaticDiscovery(
      greeters.map {
        Instance(id: $0.name, service: "web", endpoint: Endpoint(host: "127.0.0.1", port: $0.port))
      })
    // Short times, so that there is something to see within seconds.
    var settings = CallSettings()
    settings.attemptTimeout = .milliseconds(200)
    settings.breaker = CircuitBreaker.Settings(openTime: .milliseconds(500), maximumOpenTime: .milliseconds(500))
    settings.outliers = nil
    client = try ServiceClient("web", settings: settings, observer: events.add)
  }

  subscript(name: String) -> Greeter { greeters.first { $0.name == name } ?? greeters[0] }

  /// Ends the instances.
  func stop() { for greeter in greeters { greeter.stop() } }

  /// Whether the client has heard of the instances.
  var isKnown: Bool { client.caller.balancer.status.count == greeters.count }

  /// Who answers some calls; the first that fails ends it.
  func answers(of count: Int) async throws -> [String] {
    var answers: [String] = []
    for _ in 0..<count { answers.append(try await client.get("/greeting").text) }
    return answers
  }
}
