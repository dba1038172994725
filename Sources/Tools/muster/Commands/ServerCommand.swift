internal import MusterCommandLine
internal import MusterProcess
internal import MusterServer

/// `muster server`.
struct ServerCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "server", abstract: "Run a registry",
      discussion: """
        It prints its address when it is ready, runs until SIGTERM or SIGINT, and reads its configuration file again on \
        SIGHUP.

        The configuration file is a JSON object with the options' names as keys. Options on the command line win.

          muster server --data-dir /var/lib/muster --http 0.0.0.0:8500
        """)
  }

  @Option(help: ArgumentHelp("where the HTTP API listens; default 127.0.0.1:8500", valueName: "HOST:PORT"))
  var http: String?
  @Option(help: ArgumentHelp("where DNS is answered; default 127.0.0.1:8600", valueName: "HOST:PORT|off"))
  var dns: String?
  @Option(help: ArgumentHelp("a domain of DNS; default consul and muster; may be repeated", valueName: "NAME"))
  var domain: [String]
  @Option(help: ArgumentHelp("who answers DNS questions of other domains; default nobody", valueName: "HOST[:PORT]"))
  var recursor: String?
  @Flag(help: "leave instances with a warning out of DNS") var dnsOnlyPassing
  @Option(help: ArgumentHelp("how long DNS answers may be kept; default 0s", valueName: "D")) var dnsTtl: String?
  @Option(
    help: ArgumentHelp("what keeps the state: sqlite or memory; default sqlite", valueName: "STORE"),
    completion: .list(["sqlite", "memory"]))
  var store: String?
  @Option(
    help: ArgumentHelp("where the state is kept; default ./muster-data", valueName: "DIR"), completion: .directory)
  var dataDir: String?
  @Option(help: ArgumentHelp("this node's name; default the machine's", valueName: "NAME")) var node: String?
  @Option(help: ArgumentHelp("the address of services that give none; default from --http", valueName: "ADDRESS"))
  var advertise: String?
  @Option(help: ArgumentHelp("the datacenter's name; default dc1", valueName: "NAME")) var datacenter: String?
  @Option(help: ArgumentHelp("threads for HTTP; default one a processor, at most 8", valueName: "N")) var threads:
    String?
  @Flag(help: "let checks run commands") var enableExecChecks
  @Option(help: ArgumentHelp("a network that checks may probe; default all; may be repeated", valueName: "CIDR"))
  var probeNetwork: [String]
  @Option(help: ArgumentHelp("keep all instances when less than this share is healthy; default 0", valueName: "SHARE"))
  var protect: String?
  @Option(help: ArgumentHelp("how long the weight of one that turned healthy grows; default 0s", valueName: "D"))
  var slowStart: String?
  @Option(help: ArgumentHelp("no instance is removed sooner after turning critical; default 1m", valueName: "D"))
  var minDeregisterAfter: String?
  @Option(help: ArgumentHelp("events that are kept for history; default 100000", valueName: "N")) var historyCount:
    String?
  @Option(help: ArgumentHelp("how long events are kept; default 168h", valueName: "D")) var historyAge: String?
  @Option(help: ArgumentHelp("largest body of a request; default 524288", valueName: "N")) var maxBodyBytes: String?
  @Option(help: ArgumentHelp("memory for a request's header; default 16384", valueName: "N")) var maxHeaderBytes:
    String?
  @Option(help: ArgumentHelp("longest path with query; default 8192", valueName: "N")) var maxTargetBytes: String?
  @Option(help: ArgumentHelp("open connections; default 16384", valueName: "N")) var maxConnections: String?
  @Option(help: ArgumentHelp("open connections of one address; default 8192, 0 for any", valueName: "N"))
  var maxConnectionsPerClient: String?
  @Option(help: ArgumentHelp("how long a connection may be silent; default 1m", valueName: "D")) var idleTimeout:
    String?
  @Option(help: ArgumentHelp("memory for rendered answers; default 33554432", valueName: "N")) var cacheBytes: String?
  @Option(
    help: ArgumentHelp("debug, info, warning or error; default info", valueName: "LEVEL"),
    completion: .list(["debug", "info", "warning", "error"]))
  var logLevel: String?
  @Option(
    help: ArgumentHelp("text or json; default text", valueName: "FORMAT"), completion: .list(["text", "json"]))
  var logFormat: String?
  @Option(help: ArgumentHelp("a file with settings", valueName: "FILE"), completion: .file) var config: String?

  func run() throws(CommandError) {
    Signals.hold()
    let (file, given) = (config, given)
    let server: RegistryServer
    do throws(ServerError) {
      server = try RegistryServer(version: Version.current) { () throws(ServerError) in
        var settings = ServerSettings()
        if let file { try settings.read(file: file) }
        for (name, text) in given { try settings.set(name, to: text) }
        return settings
      }
    } catch {
      throw CommandError(error.code == .badSetting ? .usage : .failed, error.message)
    }
    defer { server.stop() }
    try announce(server)
    waitForEnd(of: server)
  }

  /// The settings that stand on the command line.
  private var given: [(name: String, text: String)] {
    let options = [
      ("http", http), ("dns", dns), ("domain", Self.list(domain)), ("recursor", recursor),
      ("dns-only-passing", dnsOnlyPassing ? "true" : nil), ("dns-ttl", dnsTtl), ("store", store), ("data-dir", dataDir),
      ("node", node), ("advertise", advertise),
      ("datacenter", datacenter), ("threads", threads), ("enable-exec-checks", enableExecChecks ? "true" : nil),
      ("probe-network", Self.list(probeNetwork)), ("protect", protect), ("slow-start", slowStart),
      ("min-deregister-after", minDeregisterAfter), ("history-count", historyCount), ("history-age", historyAge),
      ("max-body-bytes", maxBodyBytes), ("max-header-bytes", maxHeaderBytes), ("max-target-bytes", maxTargetBytes),
      ("max-connections", maxConnections), ("max-connections-per-client", maxConnectionsPerClient),
      ("idle-timeout", idleTimeout), ("cache-bytes", cacheBytes), ("log-level", logLevel), ("log-format", logFormat),
    ]
    return options.compactMap { name, text in text.map { (name, $0) } }
  }

  private static func list(_ values: [String]) -> String? { values.isEmpty ? nil : values.joined(separator: ",") }

  private func announce(_ server: RegistryServer) throws(CommandError) {
    let dns = server.dnsAddress.map { ", DNS \($0)" } ?? ""
    try StandardStream.output.print("muster \(Version.current) ready: \(server.url)\(dns) (\(server.summary))")
  }

  private func waitForEnd(of server: RegistryServer) {
    while true {
      switch Signals.wait() {
      case .end: return server.log.log(.info, "ending")
      case .reload: _ = server.reload()
      }
    }
  }
}
