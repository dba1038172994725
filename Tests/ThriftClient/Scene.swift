import MusterCalling
import MusterDiscovery
import MusterResilience
import MusterTestSupport
import MusterThriftClient
import MusterThriftServer

/// Servers of one service and a client that knows them.
struct Scene {
  let client: ThriftClient
  let servers: [ThriftServer]

  static let quick = CallSettings(deadline: nil, attemptTimeout: .seconds(600), backoff: .none)

  /// Runs as many servers as there are handlers while `body` does.
  static func with(
    _ handlers: [any ThriftHandling], services: [String: any ThriftHandling] = [:],
    settings: CallSettings = quick, connection: ThriftClientSettings = ThriftClientSettings(),
    server: ThriftServerSettings = ThriftServerSettings(), _ body: (Scene) async throws -> Void
  ) async throws {
    let servers = try handlers.map { try ThriftServer($0, services: services, settings: server) }
    let client = try ThriftClient("calc", settings: settings, connection: connection)
    client.caller.update(snapshot(servers.map(\.port)))
    defer { client.close() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for server in servers { group.addTask { await server.run() } }
      try await body(Scene(client: client, servers: servers))
      group.cancelAll()
    }
  }

  static func snapshot(_ ports: [UInt16]) -> Snapshot {
    Snapshot(
      service: "calc",
      instances: ports.map {
        Instance(id: "\($0)", service: "calc", endpoint: Endpoint(host: "127.0.0.1", port: $0))
      })
  }
}

extension ThriftClient {
  /// Calls a method that has a text as its argument and its result.
  func text(_ method: String, _ text: String = "", isIdempotent: Bool = false) async throws -> String? {
    let result = try await call(
      ThriftMethod(method, isIdempotent: isIdempotent), ThriftStruct([ThriftField(1, .string(text))]),
      shapes: (SpokenThrift.shapes, SpokenThrift.shapes))
    guard case .string(let text)? = result[0] else { return nil }
    return text
  }
}
