internal import MusterCatalog

/// The revisions of what a commit takes away: nothing that stays in the tables tells them.
struct Removals {
  /// What was last taken from a node.
  struct OnNode {
    /// When an instance or a check of it was last removed.
    var anything: UInt64
    /// When a check of the whole node was, which every service on it shows; 0 when none was.
    var nodeCheck: UInt64 = 0
  }

  /// A list that everything is in.
  enum List: String, CaseIterable {
    case services, nodes, checks
  }

  private(set) var services: [String: UInt64] = [:]
  private(set) var nodes: [String: OnNode] = [:]
  private(set) var lists: [List: UInt64] = [:]

  mutating func removeAll() {
    if !services.isEmpty { services.removeAll(keepingCapacity: true) }
    if !nodes.isEmpty { nodes.removeAll(keepingCapacity: true) }
    if !lists.isEmpty { lists.removeAll(keepingCapacity: true) }
  }

  /// A service lost an instance, or an instance of it a check.
  mutating func note(service: String, on node: String, at revision: UInt64) {
    services[service] = revision
    nodes[node, default: OnNode(anything: revision)].anything = revision
    lists[.services] = revision
  }

  /// A check was removed from an instance, or has moved to another one.
  mutating func note(checkOf service: String?, on node: String, at revision: UInt64) {
    if let service { note(service: service, on: node, at: revision) }
    lists[.checks] = revision
  }

  /// A check of the whole node was removed, or has moved to an instance.
  mutating func note(checkOfNode node: String, at revision: UInt64) {
    nodes[node] = OnNode(anything: revision, nodeCheck: revision)
    lists[.checks] = revision
  }

  /// A node went away.
  mutating func note(node: String, at revision: UInt64) {
    nodes[node] = nil
    lists[.nodes] = revision
  }
}
