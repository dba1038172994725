internal import MusterCatalog
public import MusterConsulAPI
public import MusterEngine
public import MusterHTTPClient
public import MusterHTTPServer
public import MusterJSON
internal import MusterJournal
internal import MusterThreading

/// The API on an ephemeral port, over a registry in memory whose clock stands still unless it is moved.
public final class TestServer: Sendable {
  /// The registry behind the API.
  public let registry: Registry
  /// The registry's clock.
  public let clock = ManualClock()
  /// The API itself, for calling it without a connection.
  public let api: ConsulAPI
  /// The registry's journal.
  public let journal = FlakyJournal()
  private let http: HTTPServer

  /// The node that agent calls register on.
  public static let node = "n1"

  /// Starts it with its own node `n1` registered, and nothing else.
  public init(
    cacheBytes: Int = 32 << 20, allowsExecChecks: Bool = false,
    limits: HTTPServerConfiguration.Limits = HTTPServerConfiguration.Limits(), threads: Int = 2
  ) throws {
    registry = try Registry(journal: journal, clock: clock)
    let registered = Inbox<Bool>()
    let node = Node(name: Self.node, id: "11111111-2222-4333-8444-555555555555", address: "10.0.0.1")
    registry.submit(.keep(node, cause: "the test started")) { _ in registered.add(true) }
    _ = registered.next()
    api = ConsulAPI(
      registry: registry,
      settings: APISettings(
        node: Self.node, version: "1.2.3", allowsExecChecks: allowsExecChecks, cacheBytes: cacheBytes),
      hooks: APIHooks(jitter: { 0 }))
    http = try HTTPServer(
      configuration: HTTPServerConfiguration(threads: threads, limits: limits), handler: api, log: { _ in })
  }

  deinit { stop() }

  /// Ends it.
  public func stop() {
    http.stop()
    registry.stop()
  }

  /// The port it listens on.
  public var port: UInt16 { http.address.port }

  /// Moves the clock and lets the registry notice.
  public func advance(by duration: Duration) {
    clock.advance(by: duration)
    registry.wakeUp()
  }

  /// Waits until so many blocking queries are parked; false when that does not happen.
  public func waitForWatchers(_ count: Int) -> Bool {
    let patience = ContinuousClock.now + .seconds(20)
    let pause = Inbox<Bool>()
    while registry.watcherCount != count {
      guard ContinuousClock.now < patience else { return false }
      _ = pause.next(within: .milliseconds(1))
    }
    return true
  }

  /// Sends a GET from a thread of its own.
  public func getInBackground(_ target: String) throws -> Inbox<HTTPClientResponse?> {
    let answers = Inbox<HTTPClientResponse?>()
    _ = try WorkerThread(name: "client") { [self] in
      answers.add(try? TestClient(self).get(target))
    }
    return answers
  }
}

extension Registry {
  /// Makes the writer look at its clock, and waits until it has.
  public func wakeUp() {
    let done = Inbox<Bool>()
    // A command that is refused changes nothing, but the writer looks at the clock for it.
    for _ in 0..<2 {
      submit(.deregisterNode("nobody", cause: "")) { _ in done.add(true) }
      _ = done.next()
    }
  }
}

/// A client of a `TestServer`, which it keeps; for one thread.
public final class TestClient {
  private let server: TestServer
  private let client: HTTPClient
  private let base: String

  /// A client.
  public init(_ server: TestServer) throws {
    client = try HTTPClient()
    self.server = server
    base = "http://127.0.0.1:\(server.port)"
  }

  /// Sends a request with a body of bytes.
  public func send(_ method: String, _ target: String, _ body: [UInt8]) throws -> HTTPClientResponse {
    try client.request(method, base + target, body: body.isEmpty ? nil : body)
  }

  /// Sends a request with a body of text.
  public func send(
    _ method: String, _ target: String, _ body: String = "", headers: [(name: String, value: String)] = []
  ) throws -> HTTPClientResponse {
    try client.request(method, base + target, headers: headers, body: body.isEmpty ? nil : Array(body.utf8))
  }

  /// The answer to a GET.
  public func get(_ target: String) throws -> HTTPClientResponse { try send("GET", target) }

  /// The answer to a GET as JSON.
  public func json(_ target: String) throws -> JSON { try JSON(parsing: try get(target).body, limits: .generous) }

  /// Sends a PUT.
  @discardableResult
  public func put(_ target: String, _ body: String = "") throws -> HTTPClientResponse {
    try send("PUT", target, body)
  }
}

extension JSON.Limits {
  /// For answers, which are longer than requests.
  public static let generous = JSON.Limits(bytes: 64 << 20, depth: 64, values: 1 << 24)
}

extension HTTPClientResponse {
  /// The value of `X-Consul-Index`.
  public var index: UInt64? { headers["X-Consul-Index"].flatMap { UInt64($0) } }
}
