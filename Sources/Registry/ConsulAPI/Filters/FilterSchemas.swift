internal import MusterCatalog
internal import MusterFilter

// What `filter` expressions can ask of each kind of list: the names are those of the fields in the answers.

extension FilterSchema where Value == Node {
  static func node(datacenter: String, meta: String = "Meta") -> FilterSchema {
    FilterSchema([
      "ID": .string(\.id), "Node": .string(\.name), "Address": .string(\.address),
      "Datacenter": .string { _ in datacenter }, "TaggedAddresses": .map(\.taggedAddresses.entries),
      meta: .map(\.meta.entries), "CreateIndex": .integer { Int(clamping: $0.createRevision) },
      "ModifyIndex": .integer { Int(clamping: $0.modifyRevision) },
    ])
  }
}

extension FilterSchema where Value == Instance {
  /// `prefix` stands before every field's name, as `Service` in the catalog's flat list.
  static func instance(prefix: String = "") -> FilterSchema {
    own(prefix: prefix).merging(mesh(prefix: prefix))
  }

  static func agentInstance(datacenter: String) -> FilterSchema {
    own(prefix: "").merging(FilterSchema(["Datacenter": .string { _ in datacenter }]))
  }

  /// What an instance has wherever it is shown.
  private static func own(prefix: String) -> FilterSchema {
    FilterSchema([
      "\(prefix)ID": .string(\.id), prefix.isEmpty ? "Service" : "\(prefix)Name": .string(\.service),
      "\(prefix)Tags": .list(\.tags), "\(prefix)Address": .string(\.address), "\(prefix)Meta": .map(\.meta.entries),
      "\(prefix)Port": .integer(\.port), "\(prefix)Weights.Passing": .integer(\.weights.passing),
      "\(prefix)Weights.Warning": .integer(\.weights.warning), "\(prefix)Kind": .string { _ in "" },
      "\(prefix)EnableTagOverride": .bool(\.enableTagOverride),
      "\(prefix)TaggedAddresses": .map { $0.taggedAddresses.map { ($0.tag, $0.address) } },
      "\(prefix)TaggedAddresses.*.Address": .map { $0.taggedAddresses.map { ($0.tag, $0.address) } },
      "\(prefix)TaggedAddresses.*.Port": .map { $0.taggedAddresses.map { ($0.tag, String($0.port)) } },
      "CreateIndex": .integer { Int(clamping: $0.createRevision) },
      "ModifyIndex": .integer { Int(clamping: $0.modifyRevision) },
    ])
  }

  /// Consul's service mesh, which is always empty here; `Connect.Native` is left out of answers where it is false.
  private static func mesh(prefix: String) -> FilterSchema {
    let mesh = FilterSchema([
      "\(prefix)Proxy.Mode": .string { _ in "" }, "\(prefix)Proxy.MeshGateway": .map { _ in [] },
      "\(prefix)Proxy.Expose": .map { _ in [] }, "\(prefix)Connect.Native": .bool { _ in false },
    ])
    return prefix.isEmpty ? mesh.merging(FilterSchema(["PeerName": .string { _ in "" }])) : mesh
  }
}

extension FilterSchema where Value == Entry {
  /// For `/v1/health/service`.
  static func healthEntry(datacenter: String) -> FilterSchema {
    FilterSchema<Node>.node(datacenter: datacenter).lifted(under: "Node") { (entry: Entry) in entry.node.node }
      .merging(FilterSchema<Instance>.instance().lifted(under: "Service") { $0.member.instance })
      .merging(checks)
  }

  /// For `/v1/agent/health/service/name`.
  static func agentHealthEntry(datacenter: String) -> FilterSchema {
    FilterSchema(["AggregatedStatus": .string(\.status.rawValue)])
      .merging(
        FilterSchema<Instance>.agentInstance(datacenter: datacenter).lifted(under: "Service") { $0.member.instance }
      )
      .merging(checks)
  }

  /// For `/v1/catalog/service`.
  static func catalogInstance(datacenter: String) -> FilterSchema {
    // The indexes in the answer are those of the instance.
    FilterSchema<Node>.node(datacenter: datacenter, meta: "NodeMeta").lifted(under: "") { (entry: Entry) in
      entry.node.node
    }
    .merging(FilterSchema<Instance>.instance(prefix: "Service").lifted(under: "") { $0.member.instance })
  }

  private static var checks: FilterSchema {
    FilterSchema<PlacedCheck>.check.liftedFromElements(under: "Checks") { (entry: Entry) in entry.checks }
      .merging(FilterSchema(["Checks": .list { $0.checks.map(\.check.id) }]))
  }
}

extension Labels {
  /// The pairs as filters take them.
  var entries: [(key: String, value: String)] { pairs.map { ($0.key, $0.value) } }
}
