internal import MusterCatalog

/// An instance as look-ups show it: with its node and everybody's checks.
struct Entry: Sendable {
  let node: NodeRecord
  let member: Member

  /// The worst of its checks and those of its node.
  var status: HealthStatus {
    max(member.checks.aggregateStatus, node.checks.aggregateStatus)
  }

  var isPassing: Bool { status == .passing }

  /// All instances of a service, in order of node and id.
  static func all(of service: String, in catalog: Catalog) -> [Entry] {
    var nodes: [String: NodeRecord] = [:]
    return catalog.members(of: service).compactMap { member in
      guard let node = nodes[member.node] ?? catalog.node(member.node) else { return nil }
      nodes[member.node] = node
      return Entry(node: node, member: member)
    }
  }

  /// Those that have all of the tags, whatever their case, on nodes that have all of the metadata.
  static func find(_ service: String, in catalog: Catalog, _ parameters: Parameters) -> [Entry] {
    let tags = parameters.tags.map { $0.lowercased() }
    return all(of: service, in: catalog).filter {
      $0.node.node.matches(parameters.nodeMeta) && $0.member.instance.has(all: tags)
    }
  }
}

extension Instance {
  /// Whether it has all of these tags, which are given in lower case.
  func has(all tags: [String]) -> Bool {
    guard !tags.isEmpty else { return true }
    let own = self.tags.map { $0.lowercased() }
    return tags.allSatisfy(own.contains)
  }
}

extension Node {
  /// Whether its metadata has all of these pairs.
  func matches(_ pairs: [(key: String, value: String)]) -> Bool {
    pairs.allSatisfy { meta[$0.key] == $0.value }
  }
}

/// A check with whom it is about.
struct PlacedCheck: Sendable {
  let node: Node
  /// The instance; nil for a check of the whole node.
  let instance: Instance?
  let check: Check
}

extension Entry {
  /// The checks of the node, and then those of the instance.
  var checks: [PlacedCheck] {
    node.checks.map { PlacedCheck(node: node.node, instance: nil, check: $0) }
      + member.checks.map { PlacedCheck(node: node.node, instance: member.instance, check: $0) }
  }
}

extension NodeRecord {
  /// Every check on the node.
  var allChecks: [PlacedCheck] {
    var all = checks.map { PlacedCheck(node: node, instance: nil, check: $0) }
    for member in members.values.sorted(by: { $0.instance.id < $1.instance.id }) {
      all += member.checks.map { PlacedCheck(node: node, instance: member.instance, check: $0) }
    }
    return all
  }
}
