internal import MusterCommandLine

/// `muster instances`.
struct InstancesCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "instances", abstract: "List the instances of a service that pass their checks",
      discussion: """
        With --json it is an array of objects with the members id, service, address, port, status (passing, warning, \
        critical or maintenance), node, tags (an array), meta (an object of strings) and weight.

        It is an error if no instance is registered at all; that none passes is not.
        """)
  }

  @Argument(help: "the service's name", completion: ServiceName.completion) var name: String
  @Flag(help: "list those that do not pass too") var all
  @Option(help: ArgumentHelp("only those with this tag; repeated: with all of them", valueName: "T")) var tag: [String]
  @Option(help: ArgumentHelp(#"only those that fit, as 'Service.Meta["zone"] == "a"'"#, valueName: "EXPR"))
  var filter: String?
  @Flag(help: "print JSON") var json
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if name.isEmpty { throw CommandError(.usage, "NAME: a service's name can't be empty") }
  }

  func run() throws(CommandError) {
    let client = try registry.client()
    let instances = try client.instances(path)
    if instances.isEmpty { try explainEmpty(client) }
    if json {
      try JSONOutput.printArray(count: instances.count) { instances[$0].write(to: &$1) }
    } else if !instances.isEmpty {
      try table(of: instances).printOut()
    }
  }

  private var path: RequestPath {
    var path = RequestPath("/v1/health/service", name)
    if !all { path = path.adding("passing", "1") }
    for tag in tag { path = path.adding("tag", tag) }
    if let filter { path = path.adding("filter", filter) }
    return path
  }

  /// Tells a service that nobody knows from one with other instances than those asked for.
  private func explainEmpty(_ client: RegistryClient) throws(CommandError) {
    let known = try client.instances(RequestPath("/v1/health/service", name))
    guard !known.isEmpty else { throw try ServiceName.unknown(name, client) }
    let isNarrowed = !tag.isEmpty || filter != nil
    let wish = (isNarrowed ? "that fits" : "") + (isNarrowed && !all ? " and " : "") + (all ? "" : "passes its checks")
    StandardStream.error.note(
      "no instance of \(name) \(wish); \(known.count) registered, 'muster instances \(name) --all' lists them")
  }

  private func table(of instances: [ListedInstance]) -> TextTable {
    var table = TextTable([
      .init("ID"), .init("ADDRESS"), .init("PORT", right: true), .init("STATUS"), .init("NODE"), .init("TAGS"),
      .init("WEIGHT", right: true),
    ])
    for instance in instances {
      table.append([
        .init(instance.id), .init(instance.address), .init(instance.port),
        .init(instance.status.rawValue, style: instance.status.style), .init(instance.node),
        .init(instance.tags.joined(separator: ",")), .init(instance.weight),
      ])
    }
    return table
  }
}
