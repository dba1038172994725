internal import MusterCatalog
internal import MusterJSON
internal import MusterTiming

// The catalog's types as Consul's API spells them.
extension JSONWriter {
  mutating func labels(_ key: String, _ labels: Labels) {
    self.key(key)
    object { writer in
      for pair in labels.pairs { writer.field(pair.key, pair.value) }
    }
  }

  mutating func strings(_ key: String, _ strings: [String]) {
    self.key(key)
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
      writer.field("ID", node.id)
      writer.field("Node", node.name)
      writer.field("Address", node.address)
      writer.field("Datacenter", datacenter)
      writer.labels("TaggedAddresses", node.taggedAddresses)
      writer.labels("Meta", node.meta)
      writer.revisions(create: node.createRevision, modify: node.modifyRevision)
    }
  }

  /// The fields that an instance has wherever it is shown.
  private mutating func instanceFields(_ instance: Instance) {
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

  private mutating func taggedAddresses(_ key: String, _ instance: Instance) {
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

  private mutating func weights(_ key: String, _ weights: Instance.Weights) {
    self.key(key)
    object {
      $0.field("Passing", weights.passing)
      $0.field("Warning", weights.warning)
    }
  }

  /// An instance inside an answer about health or a node.
  mutating func instance(_ instance: Instance) {
    object { writer in
      writer.instanceFields(instance)
      writer.meshFields("Proxy", "Connect")
      writer.field("PeerName", "")
      writer.revisions(create: instance.createRevision, modify: instance.modifyRevision)
    }
  }

  /// Parts of Consul's service mesh that typed clients expect to be there.
  private mutating func meshFields(_ proxy: String, _ connect: String) {
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

  /// An instance as the catalog's list of a service shows it: flat, with its node.
  mutating func catalogInstance(_ entry: Entry, datacenter: String) {
    let node = entry.node.node
    let instance = entry.member.instance
    object { writer in
      writer.field("ID", node.id)
      writer.field("Node", node.name)
      writer.field("Address", node.address)
      writer.field("Datacenter", datacenter)
      writer.labels("TaggedAddresses", node.taggedAddresses)
      writer.labels("NodeMeta", node.meta)
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
      writer.meshFields("ServiceProxy", "ServiceConnect")
      writer.revisions(create: instance.createRevision, modify: instance.modifyRevision)
    }
  }

  mutating func check(_ placed: PlacedCheck) {
    let check = placed.check
    let definition = check.definition
    object { writer in
      writer.field("Node", placed.node.name)
      writer.field("CheckID", check.id)
      writer.field("Name", check.name)
      writer.field("Status", check.status.rawValue)
      writer.field("Notes", check.notes)
      writer.field("Output", check.output)
      writer.field("ServiceID", placed.instance?.id ?? "")
      writer.field("ServiceName", placed.instance?.service ?? "")
      writer.strings("ServiceTags", placed.instance?.tags ?? [])
      writer.field("Type", definition.kind)
      writer.field("Interval", definition.interval == .zero ? "" : definition.interval.goText)
      writer.field("Timeout", definition.probe.isActive ? definition.timeout.goText : "")
      writer.field("ExposedPort", 0)
      writer.key("Definition")
      writer.definition(definition)
      writer.revisions(create: check.createRevision, modify: check.modifyRevision)
    }
  }

  private mutating func definition(_ definition: CheckDefinition) {
    object { writer in
      switch definition.probe {
      case .none: break
      case .ttl(let ttl): writer.field("TTL", ttl.goText)
      case .http(let request):
        writer.field("HTTP", request.url)
        writer.field("Method", request.method)
      case .tcp(let target): writer.field("TCP", target)
      case .grpc(let target, let tls):
        writer.field("GRPC", target)
        writer.field("GRPCUseTLS", tls)
      case .exec(let arguments): writer.strings("Args", arguments)
      }
      if definition.interval > .zero {
        writer.field("Interval", definition.interval.goText)
        writer.field("Timeout", definition.timeout.goText)
      }
      if let limit = definition.deregisterAfter { writer.field("DeregisterCriticalServiceAfter", limit.goText) }
    }
  }

  /// An instance with its node and all checks, as health queries show it.
  mutating func healthEntry(_ entry: Entry, datacenter: String) {
    object { writer in
      writer.key("Node")
      writer.node(entry.node.node, datacenter: datacenter)
      writer.key("Service")
      writer.instance(entry.member.instance)
      writer.key("Checks")
      writer.checks(entry.checks)
    }
  }

  mutating func checks(_ checks: [PlacedCheck]) {
    array { writer in
      for check in checks { writer.check(check) }
    }
  }
}
