internal import MusterCatalog
internal import MusterFilter
internal import MusterTiming

extension FilterSchema where Value == PlacedCheck {
  static var check: FilterSchema {
    FilterSchema([
      "Node": .string(\.node.name), "CheckID": .string(\.check.id), "Name": .string(\.check.name),
      "Status": .string(\.check.status.rawValue), "Notes": .string(\.check.notes), "Output": .string(\.check.output),
      "ServiceID": .string { $0.instance?.id ?? "" }, "ServiceName": .string { $0.instance?.service ?? "" },
      "ServiceTags": .list { $0.instance?.tags ?? [] }, "Type": .string(\.check.definition.kind),
      "Interval": .string(\.check.definition.intervalText), "ExposedPort": .integer { _ in 0 },
      "Timeout": .string { $0.check.definition.isActive ? $0.check.definition.timeout.goText : "" },
      "CreateIndex": .integer { Int(clamping: $0.check.createRevision) },
      "ModifyIndex": .integer { Int(clamping: $0.check.modifyRevision) },
    ])
    .merging(FilterSchema<CheckDefinition>.definition.lifted(under: "Definition") { $0.check.definition })
  }
}

extension FilterSchema where Value == CheckDefinition {
  /// What a check does not have, and the answer leaves out, is empty.
  static var definition: FilterSchema {
    FilterSchema([
      "TTL": .string { $0.ttl?.goText ?? "" },
      "HTTP": .string { if case .http(let request) = $0.probe { request.url } else { "" } },
      "Method": .string { if case .http(let request) = $0.probe { request.method } else { "" } },
      "TCP": .string { if case .tcp(let target) = $0.probe { target } else { "" } },
      "GRPC": .string { if case .grpc(let target, _) = $0.probe { target } else { "" } },
      "GRPCUseTLS": .bool { if case .grpc(_, let tls) = $0.probe { tls } else { false } },
      "Thrift": .string { if case .thrift(let target) = $0.probe { target } else { "" } },
      "Args": .list { if case .exec(let arguments) = $0.probe { arguments } else { [] } },
      "Interval": .string(\.intervalText),
      "Timeout": .string { $0.interval > .zero ? $0.timeout.goText : "" },
      "DeregisterCriticalServiceAfter": .string { $0.deregisterAfter?.goText ?? "" },
    ])
  }
}

extension CheckDefinition {
  /// The interval as answers show it: empty where nothing is probed.
  var intervalText: String { interval == .zero ? "" : interval.goText }
}
