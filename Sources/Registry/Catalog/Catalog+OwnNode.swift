// The node that the registry itself runs on. A client may register on it through the catalog, or remove it with all that
// is on it, as any other; but where and what it is only the registry knows, and without it nothing could be registered
// through the agent.
extension Catalog {
  /// Registers the registry's own node, and keeps it from now on.
  mutating func keep(_ node: Node, cause: String, _ outcome: inout Outcome) throws(Rejection) {
    try register(Registration(node: node.name, nodeUpdate: node, cause: cause), &outcome)
    ownNode = node
  }

  /// The registration with the own node's id and addresses as they are, if it is of the own node.
  func restoringOwnNode(in registration: Registration) -> Registration {
    guard let ownNode, registration.node == ownNode.name, registration.nodeUpdate?.name == ownNode.name else {
      return registration
    }
    var restored = registration
    restored.nodeUpdate?.id = ownNode.id
    restored.nodeUpdate?.address = ownNode.address
    restored.nodeUpdate?.taggedAddresses = ownNode.taggedAddresses
    return restored
  }

  /// Brings the own node back, if it is the one that has just been removed.
  mutating func bringBackOwnNode(removed name: String, _ outcome: inout Outcome) throws(Rejection) {
    guard let ownNode, ownNode.name == name else { return }
    try register(
      Registration(node: name, nodeUpdate: ownNode, cause: "the registry's own node comes back by itself"), &outcome)
  }
}
