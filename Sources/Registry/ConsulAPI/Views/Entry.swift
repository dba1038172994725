internal import MusterCatalog

/// An instance as look-ups show it: with its node and everybody's checks.
struct Entry: Sendable {
  let node: EntryNode
  let member: Member

  /// The worst of its checks and those of its node.
  var status: HealthStatus { max(member.checks.aggregateStatus, node.status) }

  var isPassing: Bool { node.status == .passing && member.checks.allSatisfy { $0.status == .passing } }

  /// All instances of a service, in order of node and id.
  static func all(of service: String, in catalog: Catalog) -> [Entry] {
    var last: EntryNode?
    return catalog.members(of: service).compactMap { member in
      if last?.node.name != member.node { last = catalog.node(member.node).map(EntryNode.init) }
      return last.map { Entry(node: $0, member: member) }
    }
  }

  /// Those that have all of the tags, whatever their case, on nodes that have all of the metadata.
  static func find(_ service: String, in catalog: Catalog, _ parameters: Parameters) -> [Entry] {
    let entries = all(of: service, in: catalog)
    guard !parameters.tags.isEmpty || !parameters.nodeMeta.isEmpty else { return entries }
    let tags = parameters.tags.map { $0.lowercased() }
    return entries.filter {
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

/// A node with its own checks, shared by the entries of an answer.
final class EntryNode: Sendable {
  let node: Node
  let checks: [Check]
  /// The worst of the node's own checks.
  let status: HealthStatus

  init(_ record: NodeRecord) {
    node = record.node
    checks = record.checks
    status = record.checks.aggregateStatus
  }
}

/// A check with whom it is about.
struct PlacedCheck: Sendable {
  fileprivate let place: EntryNode
  /// The instance with its checks; nil for a check of the whole node.
  let member: Member?
  let check: Check

  var node: Node { place.node }
  var instance: Instance? { member?.instance }
}

extension Entry {
  /// The checks of the node, and then those of the instance.
  var checks: [PlacedCheck] {
    node.checks.map { PlacedCheck(place: node, member: nil, check: $0) } + ownChecks
  }

  /// The checks of the instance.
  var ownChecks: [PlacedCheck] {
    member.checks.map { PlacedCheck(place: node, member: member, check: $0) }
  }
}

extension NodeRecord {
  /// Every check on the node.
  var allChecks: [PlacedCheck] {
    let place = EntryNode(self)
    var all = checks.map { PlacedCheck(place: place, member: nil, check: $0) }
    for member in members.values.sorted(by: { $0.instance.id < $1.instance.id }) {
      all += member.checks.map { PlacedCheck(place: place, member: member, check: $0) }
    }
    return all
  }
}
