internal import MusterCatalog
internal import MusterChecks
internal import MusterConsulAPI
internal import MusterEngine
internal import MusterHTTPServer
internal import MusterHost
internal import MusterJournal
internal import MusterRegistryDNS
internal import MusterThreading

/// A whole registry: the journal, the engine and the HTTP API, from settings.
public final class RegistryServer: Sendable {
  /// Reads the settings, from wherever they come.
  public typealias Load = @Sendable () throws(ServerError) -> ServerSettings

  /// The log that it writes.
  public let log: Log

  private let registry: Registry
  private let http: HTTPServer
  private let dns: DNSServer?
  private let checks: CheckRunner
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
    let running = RunningParts()
    do {
      try registry.keep(Self.localNode(node, settings, registry))
      checks = try CheckRunner(registry: registry, settings: settings.checks) { log.log(.warning, $0) }
      running.set(checks: checks)
      dns = try Self.startDNS(settings, node: node, registry, log)
      running.set(dns: dns)
      let api = ConsulAPI(
        registry: registry, settings: Self.apiSettings(settings, node: node, version: version),
        hooks: APIHooks(
          reload: reloader.reload, connections: { running.connections }, readings: { running.readings }))
      http = try HTTPServer(
        configuration: HTTPServerConfiguration(
          host: settings.httpHost, port: settings.httpPort,
          threads: settings.threads ?? min(8, Host.processors, settings.limits.maxConnections),
          limits: settings.limits),
        handler: api, log: { log.log(.warning, $0) })
    } catch {
      running.stop()
      registry.stop()
      throw error as? ServerError ?? ServerError(.system, "\(error)")
    }
    (self.log, self.registry, self.reloader) = (log, registry, reloader)
    running.set(http: http)
    registry.observeEvents { Self.tell($0, log) }
  }

  /// What an operator wants to know at once.
  private static func tell(_ events: [Event], _ log: Log) {
    for event in events where event.kind == .protectionOn || event.kind == .protectionOff {
      log.log(.warning, "service \(event.subject.service.debugDescription): \(event.cause)")
    }
  }

  private static func startDNS(
    _ settings: ServerSettings, node: String, _ registry: Registry, _ log: Log
  ) throws(ServerError) -> DNSServer? {
    guard var dns = settings.dns else { return nil }
    (dns.node, dns.datacenter) = (node, settings.datacenter)
    dns.threads = settings.threads ?? min(8, Host.processors)
    do {
      return try DNSServer(registry: registry, settings: dns) { log.log(.warning, $0) }
    } catch {
      throw ServerError(error.code == .invalidSetting ? .badSetting : .system, error.message)
    }
  }

  /// Reads the settings again and takes over what can change while it runs; says what is wrong with them, or nil.
  public func reload() -> String? { reloader.reload() }

  /// Where the HTTP API listens.
  public var url: String {
    let host = http.address.host
    return "http://\(host.contains(":") ? "[\(host)]" : host):\(http.address.port)"
  }

  /// Where DNS is answered; nil where it is off.
  public var dnsAddress: String? {
    dns.map { "\($0.address.host.contains(":") ? "[\($0.address.host)]" : $0.address.host):\($0.address.port)" }
  }

  /// What is registered now, in words.
  public var summary: String {
    let catalog = registry.catalog
    return "\(catalog.serviceCount) services, \(catalog.instanceCount) instances"
  }

  /// Lets clients go, finishes what was begun and closes the store.
  public func stop() {
    http.stop()
    dns?.stop()
    checks.stop()
    registry.stop()
  }

  private static func start(_ settings: ServerSettings, _ log: Log) throws(ServerError) -> Registry {
    do {
      let journal: any Journal =
        switch settings.store {
        case .sqlite: try SQLiteJournal(directory: settings.dataDirectory, bounds: settings.history)
        case .memory: MemoryJournal(bounds: settings.history)
        }
      return try Registry(journal: journal, policy: settings.health) { log.log(.warning, $0) }
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
      allowsExecChecks: settings.checks.allowsCommands, leastDeregisterAfter: settings.leastDeregisterAfter,
      cacheBytes: settings.cacheBytes)
  }

  /// This node as the catalog is to know it: with the id it had before, if it was there.
  private static func localNode(_ name: String, _ settings: ServerSettings, _ registry: Registry) -> Node {
    let isWildcard = settings.httpHost == "0.0.0.0" || settings.httpHost == "::"
    let bound = isWildcard ? Host.address : settings.httpHost == "localhost" ? "127.0.0.1" : settings.httpHost
    let address = settings.advertise ?? bound
    let known = registry.catalog.node(name)?.node
    let id = known?.id ?? ""
    return Node(
      name: name, id: id.isEmpty ? UUIDText.random() : id, address: address,
      taggedAddresses: ["lan": address, "wan": address], meta: known?.meta ?? [:])
  }
}

extension Registry {
  /// Registers the server's own node, to be kept, and waits until that is durable.
  fileprivate func keep(_ node: Node) throws(ServerError) {
    let reply = Mailbox<Result<Outcome, RegistryError>>(capacity: 1)
    submit(.keep(node, cause: "the server started")) { reply.push($0) }
    if case .failure(let error)? = reply.takeAll(upTo: 1, until: nil).first {
      throw ServerError(.store, "can't register the node \(node.name.debugDescription): \(error.message)")
    }
  }
}
