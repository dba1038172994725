internal import MusterCommandLine
internal import MusterJSON

/// `muster deregister`.
struct DeregisterCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "deregister", abstract: "Remove an instance",
      discussion: """
        It may be on any node. 'muster instances NAME --all --json' lists the ids with their nodes, and --node says which \
        is meant where several nodes have one with this id.
        """)
  }

  @Argument(help: "the instance's id") var id: String
  @Option(help: ArgumentHelp("the node it is on", valueName: "NODE")) var node: String?
  @OptionGroup var registry: RegistryOptions

  func validate() throws(CommandError) {
    if id.isEmpty { throw CommandError(.usage, "ID: an id can't be empty") }
    if node?.isEmpty == true { throw CommandError(.usage, "--node: a node's name can't be empty") }
  }

  func run() throws(CommandError) {
    let client = try registry.client()
    let places = InstancePlaces(of: id, client)
    if let holder = try holder(places), let own = try places.ownNode(), holder != own {
      try client.put(RequestPath("/v1/catalog/deregister"), body(holder))
      try StandardStream.output.print(PrintableText.line("removed \(id) from node \(holder)"))
    } else {
      try deregisterFromAgent(client, places)
      try StandardStream.output.print(PrintableText.line("removed \(id)"))
    }
  }

  /// An agent would put back what is only taken out of the catalog.
  private func deregisterFromAgent(_ client: RegistryClient, _ places: InstancePlaces) throws(CommandError) {
    do throws(CommandError) {
      try client.put(RequestPath("/v1/agent/service/deregister", id))
    } catch  where error.code == .notFound {
      throw places.unknown
    }
  }

  private func holder(_ places: InstancePlaces) throws(CommandError) -> String? {
    guard let node else { return try places.node() }
    guard try places.isOn(node) else {
      throw CommandError(.notFound, "no instance '\(id)' is registered on node '\(node)'")
    }
    return node
  }

  private func body(_ node: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("Node", node)
      writer.field("ServiceID", id)
    }
    return Array(writer.bytes)
  }
}
