internal import Glibc
internal import MusterCommandLine
internal import MusterConsulDiscovery
internal import MusterDefinitionFiles
internal import MusterHost
internal import MusterProcess
internal import MusterProxy
internal import MusterServer
internal import MusterThreading
internal import MusterThriftIDL

/// `muster proxy`.
struct ProxyCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "proxy", abstract: "Carry calls from a local address to a service's instances",
      discussion: """
        Clients that know nothing of a registry connect to --listen. Each call of Thrift goes to an instance of its own \
        choice; one that was never delivered goes to another, and so does one of the methods named by --idempotent. It \
        prints its addresses when it is ready, and on SIGTERM and SIGINT ends the calls that are under way first.

          muster proxy calculator --listen 127.0.0.1:6000 --idempotent 'add,get*'

        With --config it serves several services, each with settings of the names below: \
        {"services": [{"service": "calculator", "listen": "127.0.0.1:6000", "balance": "p2c"}]}
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String?
  @Option(help: ArgumentHelp("where clients connect", valueName: "HOST:PORT")) var listen: String?
  @Option(
    help: ArgumentHelp(
      "auto and thrift recognise the dialect; tcp carries connections; default auto", valueName: "NAME"),
    completion: .list(ProxyProtocol.names)) var `protocol`: String?
  @Option(
    help: ArgumentHelp("how an instance is chosen; default least-connections", valueName: "POLICY"),
    completion: .list(ProxyCommand.policies)) var balance: String?
  @Option(help: ArgumentHelp("how often a call is tried again; default 2", valueName: "N")) var retries: String?
  @Option(
    help: ArgumentHelp(
      "methods that may be carried out twice, such as add,get*; may be repeated", valueName: "METHOD,…"))
  var idempotent: [String]
  @Option(
    help: ArgumentHelp(
      "Thrift definitions that mark such methods (idempotent = \"true\"); may be repeated", valueName: "FILE"),
    completion: .file) var idl: [String]
  @Option(help: ArgumentHelp("how long a call may take with its retries; default 30s", valueName: "D")) var timeout:
    String?
  @Option(help: ArgumentHelp("how long a try of an idempotent method may take; default 2s", valueName: "D"))
  var attemptTimeout: String?
  @Option(help: ArgumentHelp("how long connecting to an instance may take; default 1s", valueName: "D"))
  var connectTimeout: String?
  @Option(help: ArgumentHelp("send late idempotent calls to a second instance; default off", valueName: "off|p95|D"))
  var hedge: String?
  @Option(help: ArgumentHelp("failures in a row that open an instance's breaker; default 5", valueName: "N|off"))
  var breaker: String?
  @Option(help: ArgumentHelp("failures in a row that eject an instance; default 5", valueName: "N|off")) var eject:
    String?
  @Flag(help: "send no call to an instance that is taken out, also when no other is left") var failFast
  @Option(help: ArgumentHelp("this machine's zone, whose instances are preferred", valueName: "ZONE")) var zone: String?
  @Option(help: ArgumentHelp("how long a new instance's share grows; default 0s", valueName: "D")) var slowStart:
    String?
  @Option(help: ArgumentHelp("the largest message; default 16384000", valueName: "N")) var maxMessageBytes: String?
  @Option(help: ArgumentHelp("open connections of clients; default 10000", valueName: "N")) var maxConnections: String?
  @Option(help: ArgumentHelp("calls under way on a connection; default 64", valueName: "N")) var maxPipelined: String?
  @Option(help: ArgumentHelp("how long a client may be silent; default 1h", valueName: "D")) var idleTimeout: String?
  @Option(help: ArgumentHelp("how long a message may take to arrive; default 30s", valueName: "D")) var messageTimeout:
    String?
  @Option(help: ArgumentHelp("idle connections kept to an instance; default 128", valueName: "N")) var keep: String?
  @Option(help: ArgumentHelp("how long they are kept; default 2s", valueName: "D")) var keepTime: String?
  @Option(help: ArgumentHelp("how long calls go on after their instance has left; default 5s", valueName: "D"))
  var leave: String?
  @Option(help: ArgumentHelp("serve Prometheus metrics there", valueName: "HOST:PORT")) var metrics: String?
  @Option(help: ArgumentHelp("how long calls under way get at the end; default 10s", valueName: "D")) var drain: String?
  @Option(help: ArgumentHelp("threads; default 1", valueName: "N")) var threads: String?
  @Option(help: ArgumentHelp("debug, info, warning or error; default info", valueName: "LEVEL")) var logLevel:
    Log.Level?
  @Option(help: ArgumentHelp("text or json; default text", valueName: "FORMAT")) var logFormat: Log.Format?
  @Option(help: ArgumentHelp("a file with services and their settings", valueName: "FILE"), completion: .file)
  var config: String?
  @OptionGroup var registry: RegistryOptions

  private static let largestFile = 1 << 20

  func validate() throws(CommandError) {
    guard config != nil || (name != nil && listen != nil) else {
      throw CommandError(
        .usage, name == nil ? "NAME is missing: the service's name" : "--listen is missing: where clients connect")
    }
    guard config == nil || (name == nil && listen == nil && given.isEmpty) else {
      throw CommandError(
        .usage, "--config names the services and their settings: leave out NAME, --listen and the like")
    }
  }

  func run() throws(CommandError) {
    Signals.hold()
    let log = Log(level: logLevel ?? .info, format: logFormat ?? .text)
    let sink: @Sendable (ProxyLogLevel, String) -> Void = { log.log(Log.Level($0), $1) }
    let configuration = try self.configuration()
    do {
      let address = try ServerAddress.choose(option: registry.server, environment: Environment.value)
      let discovery = try ConsulDiscovery(ConsulSettings(address: try ConsulAddress(address.url)))
      let proxy = try Proxy(configuration.services, discovery: discovery, threads: configuration.threads, log: sink)
      let following = BackgroundWork { await proxy.follow() }
      defer { following.end() }
      let metrics = try configuration.metrics.map {
        try ProxyMetricsServer(proxy, host: $0.host, port: $0.port, log: sink)
      }
      let addresses = try proxy.start()
      try announce(addresses, metrics)
      _ = Signals.wait(for: [SIGTERM, SIGINT])
      log.log(.info, "ending")
      if !proxy.drain(within: configuration.drain) {
        log.log(.warning, "calls were still under way after \(configuration.drain)")
      }
      proxy.stop()
      metrics?.stop()
    } catch let error as CommandError {
      throw error
    } catch let error as ProxyError {
      throw CommandError(error.code == .badSetting ? .usage : .failed, error.message)
    } catch {
      throw CommandError(.failed, "\(error)")
    }
  }

  private func announce(_ addresses: [(service: String, address: String)], _ metrics: ProxyMetricsServer?)
    throws(CommandError)
  {
    for (service, address) in addresses {
      try StandardStream.output.print("muster proxy ready: \(service) at \(address)")
    }
    if let metrics { try StandardStream.output.print("muster proxy metrics: http://\(metrics.address)/metrics") }
  }

  private func configuration() throws(CommandError) -> ProxyConfiguration {
    var configuration = ProxyConfiguration { path throws(ProxyError) in
      do {
        return try DefinitionFile.schema(path, folders: []).idempotentMethods
      } catch {
        throw ProxyError(.badSetting, "\(error)")
      }
    }
    do {
      if let config {
        try configuration.read(Host.contents(ofFile: config, limit: Self.largestFile), path: config)
      }
      for (name, text) in [("threads", threads), ("metrics", metrics), ("drain", drain)] {
        if let text { try configuration.set(name, to: text) }
      }
      if let name, let listen { try configuration.add(service: name, listen: listen, given) }
      return configuration
    } catch {
      throw CommandError(.usage, "\(error)")
    }
  }

  /// The settings of the service that stand on the command line.
  private var given: [(name: String, text: String)] {
    let options = [
      ("protocol", `protocol`), ("balance", balance), ("retries", retries),
      ("idempotent", idempotent.isEmpty ? nil : idempotent.joined(separator: ",")),
      ("idl", idl.isEmpty ? nil : idl.joined(separator: ",")), ("timeout", timeout),
      ("attempt-timeout", attemptTimeout), ("connect-timeout", connectTimeout), ("hedge", hedge), ("breaker", breaker),
      ("eject", eject), ("fail-fast", failFast ? "true" : nil), ("zone", zone), ("slow-start", slowStart),
      ("max-message-bytes", maxMessageBytes), ("max-connections", maxConnections), ("max-pipelined", maxPipelined),
      ("idle-timeout", idleTimeout), ("message-timeout", messageTimeout), ("keep", keep), ("keep-time", keepTime),
      ("leave", leave),
    ]
    return options.compactMap { name, text in text.map { (name, $0) } }
  }

  private static let policies = [
    "random", "round-robin", "weighted-round-robin", "least-connections", "weighted-least-connections", "p2c",
    "peak-ewma",
    "ring-hash", "maglev", "rendezvous",
  ]
}

extension Log.Level: ExpressibleByArgument {
  fileprivate init(_ level: ProxyLogLevel) {
    switch level {
    case .debug: self = .debug
    case .info: self = .info
    case .warning: self = .warning
    }
  }
}

extension Log.Format: ExpressibleByArgument {}
