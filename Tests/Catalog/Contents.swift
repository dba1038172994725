@testable import MusterCatalog

/// What a catalog holds, in plain dictionaries: the naive model that the real one is compared with.
struct Contents: Equatable {
  struct PlacedCheck: Equatable {
    var owner: String?
    var check: Check
  }

  var nodes: [String: Node] = [:]
  var instances: [InstanceKey: Instance] = [:]
  var checks: [CheckKey: PlacedCheck] = [:]

  /// Empty contents.
  init() {}

  /// What the catalog's view by node says.
  init(of catalog: Catalog) {
    for record in catalog.allNodes {
      nodes[record.node.name] = record.node
      for check in record.checks { add(check, of: nil, on: record.node.name) }
      for member in record.members.values {
        instances[member.key] = member.instance
        for check in member.checks { add(check, of: member.instance.id, on: record.node.name) }
      }
    }
  }

  private mutating func add(_ check: Check, of owner: String?, on node: String) {
    checks[CheckKey(node: node, id: check.id)] = PlacedCheck(owner: owner, check: check)
  }

  /// Carries out one step of the journal; returns whether it made sense.
  mutating func replay(_ change: Change) -> Bool {
    switch change {
    case .putNode(let node):
      nodes[node.name] = node
    case .putInstance(let node, let instance):
      instances[InstanceKey(node: node, id: instance.id)] = instance
      return nodes[node] != nil
    case .putCheck(let node, let owner, let check):
      add(check, of: owner, on: node)
      return owner.map { instances[InstanceKey(node: node, id: $0)] != nil } ?? (nodes[node] != nil)
    case .removeCheck(let key):
      return checks.removeValue(forKey: key) != nil
    case .removeInstance(let key):
      let isBare = !checks.contains { $0.key.node == key.node && $0.value.owner == key.id }
      return instances.removeValue(forKey: key) != nil && isBare
    case .removeNode(let name):
      let isBare = !checks.contains { $0.key.node == name } && !instances.contains { $0.key.node == name }
      return nodes.removeValue(forKey: name) != nil && isBare
    }
    return true
  }

  /// A catalog built from this as a journal would.
  func restored() throws(Rejection) -> Catalog {
    var catalog = Catalog()
    for node in nodes.values {
      catalog.restore(node, checks: checks(of: nil, on: node.name))
    }
    for (key, instance) in instances {
      try catalog.restore(instance, on: key.node, checks: checks(of: key.id, on: key.node))
    }
    return catalog
  }

  func checks(of owner: String?, on node: String) -> [Check] {
    checks.filter { $0.key.node == node && $0.value.owner == owner }.map(\.value.check).sorted { $0.id < $1.id }
  }
}

/// What a watcher of a topic sees.
enum View: Equatable {
  case service([MemberView])
  case node(Node?, [Check], [MemberView])
  case services([InstanceKey: ServiceView])
  case nodes([String: Node])
  case checks([CheckView])
}

/// An instance as a look-up shows it: with its checks, its node and the checks of that.
struct MemberView: Equatable {
  var node: Node?
  var nodeChecks: [Check]
  var instance: Instance
  var checks: [Check]
}

/// What a list of services makes of an instance: it can be limited to nodes by what they say of themselves.
struct ServiceView: Equatable {
  var service: String
  var tags: [String]
  var nodeMeta: Labels?
}

/// A check as a list of checks shows it: with the name and the tags of its service.
struct CheckView: Equatable {
  var key: CheckKey
  var placed: Contents.PlacedCheck
  var service: String
  var tags: [String]
}

extension Contents {
  /// The topics of all that is there.
  var topics: Set<Topic> {
    Set(
      [.services, .nodes, .checks] + nodes.keys.map { .node($0) } + instances.values.map { .service($0.service) })
  }

  func view(of topic: Topic) -> View {
    switch topic {
    case .service(let name):
      .service(members { _, instance in instance.service == name })
    case .node(let name):
      .node(nodes[name], checks(of: nil, on: name), members { key, _ in key.node == name })
    case .services:
      .services(
        Dictionary(
          uniqueKeysWithValues: instances.map { key, instance in
            let meta = nodes[key.node]?.meta
            return (key, ServiceView(service: instance.service, tags: instance.tags, nodeMeta: meta))
          }))
    case .nodes:
      .nodes(nodes)
    case .checks:
      .checks(
        checks.sorted { ($0.key.node, $0.key.id) < ($1.key.node, $1.key.id) }.map { key, placed in
          let instance = placed.owner.flatMap { instances[InstanceKey(node: key.node, id: $0)] }
          return CheckView(key: key, placed: placed, service: instance?.service ?? "", tags: instance?.tags ?? [])
        })
    }
  }

  private func members(where isWanted: (InstanceKey, Instance) -> Bool) -> [MemberView] {
    instances.filter { isWanted($0.key, $0.value) }.sorted { $0.key < $1.key }.map { key, instance in
      MemberView(
        node: nodes[key.node], nodeChecks: checks(of: nil, on: key.node), instance: instance,
        checks: checks(of: key.id, on: key.node))
    }
  }
}
