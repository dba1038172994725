internal import MusterCatalog
internal import MusterJSON

// The catalog's types as Consul's API spells them.
extension JSONWriter {
  mutating func labels(_ key: StaticString, _ labels: Labels) {
    self.key(key)
    object { writer in
      for pair in labels.pairs { writer.field(pair.key, pair.value) }
    }
  }

  @_disfavoredOverload
  mutating func strings(_ key: String, _ strings: [String]) {
    self.key(key)
    self.strings(strings)
  }

  mutating func strings(_ key: StaticString, _ strings: [String]) {
    self.key(key)
    self.strings(strings)
  }

  private mutating func strings(_ strings: [String]) {
    array { writer in
      for string in strings { writer.string(string) }
    }
  }

  mutating func revisions(create: UInt64, modify: UInt64) {
    field("CreateIndex", create)
    field("ModifyIndex", modify)
  }

  mutating func node(_ node: Node, datacenter: String) {
    object { writer in
      writer.nodeFields(node, meta: "Meta", datacenter: datacenter)
      writer.revisions(create: node.createRevision, modify: node.modifyRevision)
    }
  }

  private mutating func nodeFields(_ node: Node, meta: StaticString, datacenter: String) {
    field("ID", node.id)
    field("Node", node.name)
    field("Address", node.address)
    field("Datacenter", datacenter)
    labels("TaggedAddresses", node.taggedAddresses)
    labels(meta, node.meta)
  }

  /// The fields that an instance has wherever it is shown.
  mutating func instanceFields(_ instance: Instance) {
    field("ID", instance.id)
    field("Service", instance.service)
    strings("Tags", instance.tags)
    field("Address", instance.address)
    taggedAddresses("TaggedAddresses", instance)
    labels("Meta", instance.meta)
    field("Port", instance.port)
    weights("Weights", instance.weights)
    field("EnableTagOverride", instance.enableTagOverride)
  }

  private mutating func taggedAddresses(_ key: StaticString, _ instance: Instance) {
    self.key(key)
    object { writer in
      for address in instance.taggedAddresses {
        writer.key(address.tag)
        writer.object {
          $0.field("Address", address.address)
          $0.field("Port", address.port)
        }
      }
    }
  }

  private mutating func weights(_ key: StaticString, _ weights: Instance.Weights) {
    self.key(key)
    object {
      $0.field("Passing", weights.passing)
      $0.field("Warning", weights.warning)
    }
  }

  /// Parts of Consul's service mesh that typed clients expect to be there.
  mutating func meshFields(_ proxy: StaticString, _ connect: StaticString) {
    key(proxy)
    object {
      $0.field("Mode", "")
      $0.key("MeshGateway")
      $0.object { _ in }
      $0.key("Expose")
      $0.object { _ in }
    }
    key(connect)
    object { _ in }
  }

  /// An instance as the agent shows its own.
  mutating func agentInstance(_ instance: Instance, datacenter: String) {
    object { writer in
      writer.instanceFields(instance)
      writer.field("Datacenter", datacenter)
      writer.revisions(create: instance.createRevision, modify: instance.modifyRevision)
    }
  }

  /// Instances as the catalog's list of a service shows them: flat, with their nodes.
  mutating func catalogInstances(_ entries: [Entry], datacenter: String) {
    var node: (node: EntryNode, fields: Passage)?
    var mesh: Passage?
    let start = length
    array { writer in
      for (index, entry) in entries.enumerated() {
        writer.catalogInstance(entry, datacenter: datacenter, &node, &mesh)
        if index == 0 { writer.reserve((writer.length - start) * 9 / 8 * (entries.count - 1)) }
      }
    }
  }

  private mutating func catalogInstance(
    _ entry: Entry, datacenter: String, _ last: inout (node: EntryNode, fields: Passage)?, _ mesh: inout Passage?
  ) {
    let instance = entry.member.instance
    object { writer in
      if let last, last.node === entry.node {
        writer.write(again: last.fields)
      } else {
        let fields = writer.passage { $0.nodeFields(entry.node.node, meta: "NodeMeta", datacenter: datacenter) }
        last = (entry.node, fields)
      }
      writer.field("ServiceKind", "")
      writer.field("ServiceID", instance.id)
      writer.field("ServiceName", instance.service)
      writer.strings("ServiceTags", instance.tags)
      writer.field("ServiceAddress", instance.address)
      writer.taggedAddresses("ServiceTaggedAddresses", instance)
      writer.weights("ServiceWeights", instance.weights)
      writer.labels("ServiceMeta", instance.meta)
      writer.field("ServicePort", instance.port)
      writer.field("ServiceEnableTagOverride", instance.enableTagOverride)
      if let mesh {
        writer.write(again: mesh)
      } else {
        mesh = writer.passage { $0.meshFields("ServiceProxy", "ServiceConnect") }
      }
      writer.revisions(create: instance.createRevision, modify: instance.modifyRevision)
    }
  }
}
