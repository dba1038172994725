internal import MusterCommandLine
internal import MusterJSON

/// `muster services`.
struct ServicesCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "services", abstract: "List all services with the health of their instances",
      discussion: """
        CRITICAL counts the instances in maintenance too. With --json it is an array of objects with the members name, \
        instances, passing, warning, critical and tags.
        """)
  }

  @Flag(help: "print JSON") var json
  @OptionGroup var registry: RegistryOptions

  func run() throws(CommandError) {
    let services = try summaries(registry.client())
    if json {
      try JSONOutput.printArray(count: services.count) { services[$0].write(to: &$1) }
      return
    }
    guard !services.isEmpty else {
      StandardStream.error.note("no service is registered; 'muster register' does that")
      return
    }
    var table = TextTable([
      .init("NAME"), .init("INSTANCES", right: true), .init("PASSING", right: true), .init("WARNING", right: true),
      .init("CRITICAL", right: true), .init("TAGS"),
    ])
    for service in services {
      table.append([
        .init(service.name), .init(service.instances), count(service.passing, .green), count(service.warning, .yellow),
        count(service.critical, .red), .init(service.tags.joined(separator: ",")),
      ])
    }
    try table.printOut()
  }

  private func count(_ number: Int, _ style: TextStyle) -> TextTable.Cell {
    TextTable.Cell(String(number), style: number == 0 ? .plain : style)
  }

  private func summaries(_ client: RegistryClient) throws(CommandError) -> [ServiceSummary] {
    let list: JSON
    do throws(CommandError) {
      list = try client.get(RequestPath("/v1/muster/services")).json()
    } catch  where error.code == .notFound {
      return try countOneByOne(client)
    }
    var services: [ServiceSummary] = []
    for entry in try list.elements("services") { services.append(try ServiceSummary(entry)) }
    return services
  }

  /// For registries that speak Consul's API alone.
  private func countOneByOne(_ client: RegistryClient) throws(CommandError) -> [ServiceSummary] {
    var services: [ServiceSummary] = []
    for (name, tags) in try client.serviceTags() {
      let instances = try client.instances(RequestPath("/v1/health/service", name))
      services.append(ServiceSummary(name: name, tags: tags, instances: instances))
    }
    return services
  }
}
