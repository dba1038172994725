internal import MusterCatalog
internal import MusterJSON
internal import MusterTiming

extension JSONWriter {
  mutating func checks(_ checks: [PlacedCheck]) {
    var repeats = Repeats()
    array { writer in
      for placed in checks { writer.check(placed, &repeats) }
    }
  }

  mutating func check(_ placed: PlacedCheck, _ repeats: inout Repeats) {
    check(placed.check, on: placed.node.name, of: placed.member, &repeats)
  }

  /// A check of an instance; of the whole node if `member` is nil.
  mutating func check(_ check: Check, on node: String, of member: Member?, _ repeats: inout Repeats) {
    object { writer in
      writer.field("Node", node)
      writer.field("CheckID", check.id)
      writer.field("Name", check.name)
      writer.field("Status", check.status.rawValue)
      writer.field("Notes", check.notes)
      writer.field("Output", check.output)
      writer.field("ServiceID", member?.instance.id ?? "")
      writer.field("ServiceName", member?.instance.service ?? "")
      writer.strings("ServiceTags", member?.instance.tags ?? [])
      writer.definitionFields(check.definition, &repeats)
      writer.revisions(create: check.createRevision, modify: check.modifyRevision)
    }
  }

  /// Nearly all checks of an answer share one definition.
  private mutating func definitionFields(_ definition: CheckDefinition, _ repeats: inout Repeats) {
    if let (last, passage) = repeats.definition, last === definition { return write(again: passage) }
    let written = passage { writer in
      writer.field("Type", definition.kind)
      writer.field("Interval", definition.intervalText)
      writer.field("Timeout", definition.probe.isActive ? definition.timeout.goText : "")
      writer.field("ExposedPort", 0)
      writer.key("Definition")
      writer.definition(definition)
    }
    repeats.definition = (definition, written)
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
      case .thrift(let target): writer.field("Thrift", target)
      case .exec(let arguments): writer.strings("Args", arguments)
      }
      if definition.interval > .zero {
        writer.field("Interval", definition.interval.goText)
        writer.field("Timeout", definition.timeout.goText)
      }
      if let limit = definition.deregisterAfter { writer.field("DeregisterCriticalServiceAfter", limit.goText) }
    }
  }
}
