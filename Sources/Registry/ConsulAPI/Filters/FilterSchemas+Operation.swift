internal import MusterCatalog
internal import MusterFilter
internal import MusterJournal
internal import MusterTiming

extension FilterSchema where Value == Node? {
  /// For `/v1/agent/members`.
  static func member(_ settings: APISettings) -> FilterSchema {
    let versions = Dictionary(
      uniqueKeysWithValues: APISettings.protocolVersions.flatMap { field, version in
        ["Protocol\(field)", "Delegate\(field)"].map { ($0, FilterField<Node?>.integer { _ in version }) }
      })
    return FilterSchema([
      "Name": .string { _ in settings.node }, "Addr": .string { $0?.address ?? "" },
      "Port": .integer { _ in APISettings.memberPort }, "Status": .integer { _ in APISettings.memberStatus },
      "Tags": .map { settings.memberTags($0).entries },
    ]).merging(FilterSchema(versions))
  }
}

extension FilterSchema where Value == ServiceSummary {
  /// For `/v1/muster/services`.
  static var summary: FilterSchema {
    FilterSchema([
      "Name": .string(\.name), "Tags": .list(\.tags), "Instances": .integer(\.instances),
      "Passing": .integer(\.passing), "Warning": .integer(\.warning), "Critical": .integer(\.critical),
      "Index": .integer { Int(clamping: $0.index) },
    ])
  }
}

extension FilterSchema where Value == HistoryEntry {
  /// For `/v1/muster/history`.
  static var historyEntry: FilterSchema {
    FilterSchema([
      "Revision": .integer { Int(clamping: $0.revision) }, "Time": .string(\.time.rfc3339),
      "Kind": .string(\.kind.rawValue), "Service": .string(\.subject.service), "Node": .string(\.subject.node),
      "Instance": .string(\.subject.instance), "Check": .string(\.subject.check), "Cause": .string(\.cause),
    ])
  }
}
