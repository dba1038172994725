internal import Glibc
internal import MusterCommandLine
internal import MusterSupervision
internal import MusterThreading

/// `muster run`.
struct RunCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "run", abstract: "Run a program, and keep it registered while it serves",
      discussion: """
        The program is registered when it accepts connections on the port, or passes its first check of the kinds http \
        and tcp. It is deregistered at once when it ends, and exits with its code. On SIGTERM and SIGINT it is \
        deregistered first and ended after --drain. Other signals are passed on to it.

        A check is \(CheckSpecification.forms). As an example:

          muster run web --port 8080 --check http:http://127.0.0.1:8080/health -- python3 server.py
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String
  @Argument(help: "the program and its arguments, after --") var command: [String]
  @Option(help: ArgumentHelp("the port it listens on", valueName: "N")) var port: PortNumber
  @Option(help: ArgumentHelp("how the registry checks it; may be repeated", valueName: "SPEC"))
  var check: [CheckSpecification]
  @Option(help: "the instance's id; default NAME-PORT, or NAME-ADDRESS-PORT with an address") var id: String?
  @Option(help: ArgumentHelp("a word to find it by; may be repeated", valueName: "T")) var tag: [String]
  @Option(help: ArgumentHelp("a key with a value; may be repeated", valueName: "K=V")) var meta: [MetaEntry]
  @Option(help: ArgumentHelp("its share of the load, 1 to 65535; default 1", valueName: "N")) var weight: Int?
  @Option(help: ArgumentHelp("where it listens; default: the node's address", valueName: "A")) var address: String?
  @Option(help: ArgumentHelp("another service that it serves; may be repeated", valueName: "NAME:PORT"))
  var also: [FurtherService]
  @Option(help: ArgumentHelp("how long callers get to notice before it is ended; default 2s", valueName: "D"))
  var drain: PauseSpan?
  @Option(help: ArgumentHelp("how long it gets to end before it is killed; default 10s", valueName: "D"))
  var grace: PauseSpan?
  @Option(help: ArgumentHelp("when it is started again: never or on-failure; default never", valueName: "WHEN"))
  var restart: SupervisorSettings.Restart?
  @Option(help: ArgumentHelp("how long the registry trusts a heartbeat; default 10s", valueName: "D"))
  var ttl: TimeSpan?
  @Option(help: ArgumentHelp("how long it gets to become ready; default 1m", valueName: "D"))
  var startTimeout: TimeSpan?
  @OptionGroup var registry: RegistryOptions

  /// A thread each.
  private static let mostServices = 32

  func validate() throws(CommandError) {
    try InstanceInputs.validate(name: name, id: id, weight: weight, meta: meta)
    guard let program = command.first, !program.isEmpty else {
      throw CommandError(.usage, "COMMAND is missing: put the program and its arguments after --")
    }
    guard also.count < Self.mostServices else {
      throw CommandError(.usage, "--also: a program has at most \(Self.mostServices) services")
    }
    guard settings.ttl >= .seconds(1) else {
      throw CommandError(.usage, "--ttl: \(ttl?.text ?? "") is below 1s")
    }
    _ = try registrations()
  }

  func run() throws(CommandError) {
    Supervision.prepare()
    let client = try registry.client()
    let supervision = Supervision(
      command, services: try registrations().all.compactMap(Self.requests), readiness: readiness,
      registry: RegistryAccess(url: client.address.url, token: client.token), settings: settings
    ) { StandardStream.error.note("muster run: " + PrintableText.line($0)) }
    do throws(ThreadingError) {
      let code = try supervision.run()
      // The program's own code, which none of the errors has.
      if code != 0 { exit(code) }
    } catch {
      throw CommandError(.failed, error.message)
    }
  }

  private func registrations() throws(CommandError) -> SupervisedRegistrations {
    let own = ServiceRegistration(
      name: name, id: id, address: address, port: port, tags: tag, meta: meta, weight: weight, checks: check)
    return try SupervisedRegistrations(own, others: also, ttl: ttl ?? .seconds(10))
  }

  private var settings: SupervisorSettings {
    var settings = SupervisorSettings()
    if let restart { settings.restart = restart }
    if let ttl { settings.ttl = ttl.duration }
    if let drain { settings.drain = drain.duration }
    if let grace { settings.grace = grace.duration }
    if let startTimeout { settings.startTimeout = startTimeout.duration }
    return settings
  }

  /// The first check that can be looked at from here, else that all ports accept.
  private var readiness: Readiness {
    switch check.first(where: \.showsReadiness)?.kind {
    case .http(let url): return .answers(url: url)
    case .tcp(let target):
      if let colon = target.lastIndex(of: ":"), let port = UInt16(target[target.index(after: colon)...]) {
        return .accepts(ports: [port], hosts: [target[..<colon].trimmed(of: "[]")])
      }
    default: break
    }
    let hosts = [address, "127.0.0.1", "::1"].compactMap(\.self)
    return .accepts(ports: [port.value] + also.map(\.port.value), hosts: hosts)
  }

  private static func requests(_ registration: ServiceRegistration) -> SupervisedService? {
    guard let lease = registration.reports.first else { return nil }
    return SupervisedService(
      id: registration.id, registerPath: RequestPath("/v1/agent/service/register").text,
      registration: registration.json, heartbeatPath: RequestPath("/v1/agent/check/pass", lease.checkID).text,
      deregisterPath: RequestPath("/v1/agent/service/deregister", registration.id).text)
  }
}

extension SupervisorSettings.Restart: ExpressibleByArgument {}

extension Substring {
  fileprivate func trimmed(of characters: String) -> String {
    String(filter { !characters.contains($0) })
  }
}
