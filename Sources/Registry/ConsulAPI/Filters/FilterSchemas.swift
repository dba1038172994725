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
    FilterSchema([
      "\(prefix)ID": .string(\.id), prefix.isEmpty ? "Service" : "\(prefix)Name": .string(\.service),
      "\(prefix)Tags": .list(\.tags), "\(prefix)Address": .string(\.address), "\(prefix)Meta": .map(\.meta.entries),
      "\(prefix)Port": .integer(\.port), "\(prefix)Weights.Passing": .integer(\.weights.passing),
      "\(prefix)Weights.Warning": .integer(\.weights.warning), "\(prefix)Kind": .string { _ in "" },
      "\(prefix)EnableTagOverride": .bool(\.enableTagOverride),
      "\(prefix)TaggedAddresses": .map { $0.taggedAddresses.map { ($0.tag, $0.address) } },
    ])
  }

  static func agentInstance(datacenter: String) -> FilterSchema {
    instance().merging(
      FilterSchema([
        "Datacenter": .string { _ in datacenter }, "CreateIndex": .integer { Int(clamping: $0.createRevision) },
        "ModifyIndex": .integer { Int(clamping: $0.modifyRevision) },
      ]))
  }
}

extension FilterSchema where Value == PlacedCheck {
  static var check: FilterSchema {
    FilterSchema([
      "Node": .string(\.node.name), "CheckID": .string(\.check.id), "Name": .string(\.check.name),
      "Status": .string(\.check.status.rawValue), "Notes": .string(\.check.notes), "Output": .string(\.check.output),
      "ServiceID": .string { $0.instance?.id ?? "" }, "ServiceName": .string { $0.instance?.service ?? "" },
      "ServiceTags": .list { $0.instance?.tags ?? [] }, "Type": .string(\.check.definition.kind),
      "CreateIndex": .integer { Int(clamping: $0.check.createRevision) },
      "ModifyIndex": .integer { Int(clamping: $0.check.modifyRevision) },
    ])
  }
}

extension FilterSchema where Value == Entry {
  /// For `/v1/health/service`.
  static func healthEntry(datacenter: String) -> FilterSchema {
    FilterSchema<Node>.node(datacenter: datacenter).lifted(under: "Node") { (entry: Entry) in entry.node.node }
      .merging(FilterSchema<Instance>.instance().lifted(under: "Service") { $0.member.instance })
      .merging(
        FilterSchema([
          "Checks": .list { $0.checks.map(\.check.id) },
          "Checks.CheckID": .each { $0.checks.map(\.check.id) },
          "Checks.Name": .each { $0.checks.map(\.check.name) },
          "Checks.Status": .each { $0.checks.map(\.check.status.rawValue) },
          "Checks.Notes": .each { $0.checks.map(\.check.notes) },
          "Checks.Output": .each { $0.checks.map(\.check.output) },
          "Checks.Node": .each { $0.checks.map(\.node.name) },
          "Checks.ServiceID": .each { $0.checks.map { $0.instance?.id ?? "" } },
          "Checks.ServiceName": .each { $0.checks.map { $0.instance?.service ?? "" } },
          "Checks.Type": .each { $0.checks.map(\.check.definition.kind) },
        ]))
  }

  /// For `/v1/catalog/service`.
  static func catalogInstance(datacenter: String) -> FilterSchema {
    FilterSchema<Node>.node(datacenter: datacenter, meta: "NodeMeta").lifted(under: "") { (entry: Entry) in
      entry.node.node
    }
    .merging(FilterSchema<Instance>.instance(prefix: "Service").lifted(under: "") { $0.member.instance })
  }
}

extension Labels {
  /// The pairs as filters take them.
  var entries: [(key: String, value: String)] { pairs.map { ($0.key, $0.value) } }
}
