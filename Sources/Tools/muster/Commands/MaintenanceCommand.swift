internal import MusterCommandLine

/// `muster maintenance`.
struct MaintenanceCommand: ParsableCommand {
  enum Mode: String, CaseIterable, ExpressibleByArgument {
    case on, off
  }

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "maintenance", abstract: "Take an instance out of the answers, or put it back",
      discussion: """
        An instance in maintenance stays registered, but nobody is sent to it. It has to be on the node of the agent that \
        is asked, as all that were registered with 'muster register' there.
        """)
  }

  @Argument(help: ArgumentHelp("'on' takes it out, 'off' puts it back", valueName: "on|off")) var mode: Mode
  @Argument(help: "the instance's id") var id: String
  @Option(help: ArgumentHelp("why, for those who look", valueName: "R")) var reason: String?
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if id.isEmpty { throw CommandError(.usage, "ID: an id can't be empty") }
    if mode == .off, reason != nil { throw CommandError(.usage, "--reason goes with 'on' only") }
  }

  func run() throws(CommandError) {
    var path = RequestPath("/v1/agent/service/maintenance", id).adding("enable", mode == .on ? "true" : "false")
    if let reason { path = path.adding("reason", reason) }
    let client = try registry.client()
    do throws(CommandError) {
      try client.put(path)
    } catch  where error.code == .notFound {
      throw try unreachable(client)
    }
    try StandardStream.output.print(PrintableText.line("\(id) is \(mode == .on ? "in" : "out of") maintenance"))
  }

  /// Why the agent does not know the instance.
  private func unreachable(_ client: RegistryClient) throws(CommandError) -> CommandError {
    let places = InstancePlaces(of: id, client)
    let nodes = try places.nodes()
    guard let node = nodes.first else { return places.unknown }
    return CommandError(
      .failed,
      """
      '\(id)' is on node \(InstancePlaces.list(nodes)), and maintenance belongs to the agent of an instance's node: \
      name that agent with --server. An instance that was registered through the catalog has none: whoever registered \
      it there can give it a critical check, and 'muster deregister \(id) --node \(PrintableText.line(node))' removes it
      """)
  }
}
