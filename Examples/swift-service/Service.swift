internal import Muster
internal import MusterHTTPServer

/// Answers every request with its id, and is registered for as long as it does.
struct Service {
  private let registration: Registration
  private let server: HTTPServer

  init(name: String, port: String, id: String) throws {
    guard let port = UInt16(port) else { throw Usage() }
    // The TTL finds it out when the process dies; a short one, so that callers hear of it soon.
    registration = Registration(
      service: name, port: port, host: "127.0.0.1", id: id, checks: [HealthCheck(.ttl(.seconds(2)))])
    server = try HTTPServer(
      configuration: HTTPServerConfiguration(port: port, threads: 1), handler: Greeting(id: id), log: { _ in })
  }

  func run() async throws {
    var settings = LifecycleSettings()
    settings.drainDelay = .milliseconds(200)
    _ = try await withRegistration(registration, with: ConsulDiscovery(), settings: settings) {
      // The server has threads of its own: there is nothing to do but to wait for the end.
      while true { try await Task.sleep(for: .seconds(3_600)) }
    }
    server.stop()
  }

  private struct Greeting: HTTPHandler {
    let id: String

    func handle(_ request: HTTPRequest) -> HTTPReply { .now(HTTPResponse(status: 200, body: Array(id.utf8))) }
  }
}
