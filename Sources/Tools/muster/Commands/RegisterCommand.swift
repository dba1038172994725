internal import MusterCommandLine

/// `muster register`.
struct RegisterCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "register", abstract: "Register an instance of a service",
      discussion: """
        An instance that is registered again under the same id replaces the earlier one.

        A check is \(CheckSpecification.forms), each followed by ,interval=10s ,timeout=2s ,deregister-after=10m where \
        wanted. As an example:

          muster register web --port 8080 --check http:http://127.0.0.1:8080/health,interval=5s
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String
  @Option(help: ArgumentHelp("the port it listens on", valueName: "N")) var port: PortNumber
  @Option(help: "the instance's id; default NAME-PORT, or NAME-ADDRESS-PORT with an address") var id: String?
  @Option(help: ArgumentHelp("where it listens; default: the node's address", valueName: "A")) var address: String?
  @Option(help: ArgumentHelp("a word to find it by; may be repeated", valueName: "T")) var tag: [String]
  @Option(help: ArgumentHelp("a key with a value; may be repeated", valueName: "K=V")) var meta: [MetaEntry]
  @Option(help: ArgumentHelp("its share of the load, 1 to 65535; default 1", valueName: "N")) var weight: Int?
  @Option(help: ArgumentHelp("how its health is checked; may be repeated", valueName: "SPEC"))
  var check: [CheckSpecification]
  @Option(help: ArgumentHelp("the same as --check ttl:D", valueName: "D")) var ttl: TimeSpan?
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    try InstanceInputs.validate(name: name, id: id, weight: weight, meta: meta)
  }

  func run() throws(CommandError) {
    let client = try registry.client()
    let registration = ServiceRegistration(
      name: name, id: id, address: address, port: port, tags: tag, meta: meta, weight: weight,
      checks: check + (ttl.map { [CheckSpecification(.ttl($0))] } ?? []))
    try client.put(RequestPath("/v1/agent/service/register"), registration.json)
    try StandardStream.output.print(description(of: registration, client))
  }

  private func description(of registration: ServiceRegistration, _ client: RegistryClient) -> String {
    let place = address.map { " at \($0)" } ?? ""
    var lines = ["registered \(registration.id): service \(name)\(place), port \(port.value)"]
    lines += registration.checks.filter { !$0.isTTL }.map { "checked by \($0.summary)" }
    lines += registration.reports.map { report in
      let url = client.address.url + RequestPath("/v1/agent/check/pass", report.checkID).text
      return "keep it alive with a report at least every \(report.within.text): curl -X PUT \(url)"
    }
    lines.append("remove it with: muster deregister \(registration.id)")
    return lines.map(PrintableText.line).joined(separator: "\n")
  }
}
