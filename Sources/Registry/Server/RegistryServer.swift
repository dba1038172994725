internal import MusterCatalog
internal import MusterConsulAPI
internal import MusterEngine
internal import MusterHTTPServer
internal import MusterHost
internal import MusterJournal
internal import MusterThreading

/// A whole registry: the journal, the engine and the HTTP API, from settings.
public final class RegistryServer: Sendable {
  /// Reads the settings, from wherever they come.
  public typealias Load = @Sendable () throws(ServerError) -> ServerSettings

  /// The log that it writes.
  public let log: Log

  private let registry: Registry
  private let http: HTTPServer
  private let reloader: Reloader

  /// Starts everything; when this returns, requests are answered.
  ///
  /// - Parameters:
  ///   - version: what it says of itself.
  ///   - load: gives the settings, now and whenever they are to be read again.
  /// - Throws: `ServerError`; then nothing is left running.
  public init(version: String, load: @escaping Load) throws(ServerError) {
    let settings = try load()
    try settings.verify()
    let node = settings.node ?? Host.name
    let log = Log(level: settings.logLevel, format: settings.logFormat)
    let registry = try Self.start(settings, log)
    let reloader = Reloader(load: load, registry: registry, log: log)
    let running = RunningServer()
    do {
      try registry.register(Self.localNode(node, settings, registry))
      let api = ConsulAPI(
        registry: registry, settings: Self.apiSettings(settings, node: node, version: version),
        hooks: APIHooks(reload: reloader.reload, connections: { running.connections }))
      http = try HTTPServer(
        configuration: HTTPServerConfiguration(
          host: settings.httpHost, port: settings.httpPort,
          threads: settings.threads ?? min(8, Host.processors, settings.limits.maxConnections),
          limits: settings.limits),
        handler: api, log: { log.log(.warning, $0) })
    } catch {
      registry.stop()
      throw error as? ServerError ?? ServerError(.system, "\(error)")
    }
    (self.log, self.registry, self.reloader) = (log, registry, reloader)
    running.set(http)
  }

  /// Reads the settings again and takes over what can change while it runs; says what is wrong with them, or nil.
  public func reload() -> String? { reloader.reload() }

  /// Where the HTTP API listens.
  public var url: String {
    let host = http.address.host
    return "http://\(host.contains(":") ? "[\(host)]" : host):\(http.address.port)"
  }

  /// What is registered now, in words.
  public var summary: String {
    let catalog = registry.catalog
    return "\(catalog.serviceCount) services, \(catalog.instanceCount) instances"
  }

  /// Lets clients go, finishes what was begun and closes the store.
  public func stop() {
    http.stop()
    registry.stop()
  }

  private static func start(_ settings: ServerSettings, _ log: Log) throws(ServerError) -> Registry {
    do {
      let journal: any Journal =
        switch settings.store {
        case .sqlite: try SQLiteJournal(directory: settings.dataDirectory, bounds: settings.history)
        case .memory: MemoryJournal(bounds: settings.history)
        }
      return try Registry(journal: journal) { log.log(.warning, $0) }
    } catch let error as JournalError {
      throw ServerError(.store, error.message)
    } catch {
      throw ServerError(.system, "\(error)")
    }
  }

  private static func apiSettings(_ settings: ServerSettings, node: String, version: String) -> APISettings {
    APISettings(
      node: node, datacenter: settings.datacenter, version: version, store: settings.store.rawValue,
      dataDirectory: settings.store == .sqlite ? settings.dataDirectory : "",
      allowsExecChecks: settings.enablesExecChecks, leastDeregisterAfter: settings.leastDeregisterAfter,
      cacheBytes: settings.cacheBytes)
  }

  /// This node as the catalog is to know it: with the id it had before, if it was there.
  private static func localNode(_ name: String, _ settings: ServerSettings, _ registry: Registry) -> Node {
    let isWildcard = settings.httpHost == "0.0.0.0" || settings.httpHost == "::"
    let bound = isWildcard ? Host.address : settings.httpHost == "localhost" ? "127.0.0.1" : settings.httpHost
    let address = settings.advertise ?? bound
    let known = registry.catalog.node(name)?.node
    return Node(
      name: name, id: known?.id ?? UUIDText.random(), address: address,
      taggedAddresses: ["lan": address, "wan": address], meta: known?.meta ?? [:])
  }
}

extension Registry {
  /// Registers the server's own node and waits until that is durable.
  fileprivate func register(_ node: Node) throws(ServerError) {
    let reply = Mailbox<Result<Outcome, RegistryError>>(capacity: 1)
    submit(.register(Registration(node: node.name, nodeUpdate: node, cause: "the server started"))) { reply.push($0) }
    if case .failure(let error)? = reply.takeAll(upTo: 1, until: nil).first {
      throw ServerError(.store, "can't register the node \(node.name.debugDescription): \(error.message)")
    }
  }
}

/// The HTTP server, for the API that is made before it; held weakly, since it holds the API.
private final class RunningServer: Sendable {
  private struct Reference {
    weak var server: HTTPServer?
  }

  private let reference = Locked(Reference())

  func set(_ server: HTTPServer) { reference.withLock { $0.server = server } }

  var connections: Int { reference.withLock { $0.server }?.connections ?? 0 }
}
