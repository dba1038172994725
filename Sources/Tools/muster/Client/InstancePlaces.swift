internal import MusterCommandLine
internal import MusterJSON

/// Where in the catalog an instance is.
///
/// Ids are unique on a node only, and the agent's own requests reach its own node only.
struct InstancePlaces {
  private let client: RegistryClient
  private let id: String

  init(of id: String, _ client: RegistryClient) {
    self.id = id
    self.client = client
  }

  /// The error for an id that no node has.
  var unknown: CommandError {
    CommandError(.notFound, "no instance '\(id)' is registered; 'muster instances NAME --all' lists the ids")
  }

  /// The node that the registry's agent speaks for; nil when the token may not know.
  func ownNode() throws(CommandError) -> String? {
    do throws(CommandError) {
      return try (client.get(RequestPath("/v1/agent/self")).json()["Config"] ?? .null).text("NodeName")
    } catch  where error.code == .failed {
      return nil
    }
  }

  /// The nodes that have an instance with the id, in the registry's order.
  func nodes() throws(CommandError) -> [String] {
    var found: [String] = []
    for entry in try client.get(RequestPath("/v1/catalog/nodes")).json().elements("nodes") {
      let node = try entry.text("Node")
      if try isOn(node) { found.append(node) }
    }
    return found
  }

  /// Whether the node has an instance with the id.
  func isOn(_ node: String) throws(CommandError) -> Bool {
    let path = RequestPath("/v1/catalog/node-services", node).adding("filter", "ID == \(FilterText.quoted(id))")
    let services = try (client.get(path).json()["Services"] ?? .null).elements("Services")
    for entry in services where try entry.text("ID") == id { return true }
    return false
  }

  /// The one node that has it; nil when none is seen that has.
  ///
  /// - Throws: ``CommandError/Code/failed`` with their names when several have.
  func node() throws(CommandError) -> String? {
    let nodes = try nodes()
    guard nodes.count <= 1 else {
      throw CommandError(
        .failed, "there is an instance '\(id)' on each of the nodes \(Self.list(nodes)); say which with --node NODE")
    }
    return nodes.first
  }

  /// Names of nodes for a message, which gets no longer than a person reads.
  static func list(_ nodes: [String]) -> String {
    let more = nodes.count > 10 ? " and \(nodes.count - 10) more" : ""
    return nodes.prefix(10).map(PrintableText.line).joined(separator: ", ") + more
  }
}
