internal import MusterCatalog
internal import MusterEngine
internal import MusterJSON
internal import MusterJournal
internal import MusterTiming

extension JSONWriter {
  /// The registry as Consul's list of members shows a server.
  mutating func member(_ node: Node?, _ settings: APISettings) {
    object { writer in
      writer.field("Name", settings.node)
      writer.field("Addr", node?.address ?? "")
      writer.field("Port", APISettings.memberPort)
      writer.labels("Tags", settings.memberTags(node))
      writer.field("Status", APISettings.memberStatus)
      for (field, version) in APISettings.protocolVersions {
        writer.field("Protocol\(field)", version)
        writer.field("Delegate\(field)", version)
      }
    }
  }

  mutating func historyEntry(_ entry: HistoryEntry) {
    object { writer in
      writer.field("Revision", entry.revision)
      writer.field("Time", entry.time.rfc3339)
      writer.field("Kind", entry.kind.rawValue)
      writer.field("Service", entry.subject.service)
      writer.field("Node", entry.subject.node)
      writer.field("Instance", entry.subject.instance)
      writer.field("Check", entry.subject.check)
      writer.field("Cause", entry.cause)
    }
  }

  /// A line of `muster services`.
  mutating func summary(_ summary: ServiceSummary) {
    object { writer in
      writer.field("Name", summary.name)
      writer.strings("Tags", summary.tags)
      writer.field("Instances", summary.instances)
      writer.field("Passing", summary.passing)
      writer.field("Warning", summary.warning)
      writer.field("Critical", summary.critical)
      writer.field("Index", summary.index)
    }
  }

  /// What `muster status` shows.
  mutating func status(_ api: ConsulAPI, _ catalog: Catalog) {
    let settings = api.settings
    let checks = catalog.checkCounts
    object { writer in
      writer.field("Version", settings.version)
      writer.field("Node", settings.node)
      writer.field("Datacenter", settings.datacenter)
      writer.field("Revision", catalog.revision)
      writer.field("Store", settings.store)
      writer.field("DataDir", settings.dataDirectory)
      writer.field("UptimeSeconds", (api.hooks.now() - api.metrics.start).components.seconds)
      writer.field("Services", catalog.serviceCount)
      writer.field("Instances", catalog.instanceCount)
      writer.field("Nodes", catalog.nodeCount)
      writer.key("Checks")
      writer.object {
        $0.field("Passing", checks[.passing] ?? 0)
        $0.field("Warning", checks[.warning] ?? 0)
        $0.field("Critical", checks[.critical] ?? 0)
      }
      writer.field("Watchers", api.registry.watcherCount)
      writer.field("Connections", api.hooks.connections())
    }
  }

  /// The readings as Consul's own metrics endpoint shapes them.
  mutating func metrics(_ readings: [Reading], at time: Timestamp) {
    object { writer in
      writer.field("Timestamp", time.rfc3339)
      writer.readings("Gauges", readings.filter { $0.kind == .gauge })
      writer.key("Points")
      writer.array { _ in }
      writer.readings("Counters", readings.filter { $0.kind == .counter })
      writer.key("Samples")
      writer.array { _ in }
    }
  }

  private mutating func readings(_ key: String, _ readings: [Reading]) {
    self.key(key)
    array { writer in
      for reading in readings {
        writer.object { writer in
          writer.field("Name", reading.name)
          writer.field(reading.kind == .gauge ? "Value" : "Count", reading.value)
          writer.key("Labels")
          writer.object { writer in
            for label in reading.labels { writer.field(label.name, label.value) }
          }
        }
      }
    }
  }
}

extension APISettings {
  /// What Consul's server says of itself as a member of its gossip: its port there, and that it is alive.
  static let memberPort = 8_301
  static let memberStatus = 1
  /// The versions of its gossip protocol.
  static let protocolVersions = [("Min", 1), ("Max", 5), ("Cur", 2)]

  /// What tells a server among the members.
  func memberTags(_ node: Node?) -> Labels {
    Labels([("role", "consul"), ("dc", datacenter), ("id", node?.id ?? ""), ("build", version)])
  }
}

extension Catalog {
  /// The number of checks in each status.
  var checkCounts: [HealthStatus: Int] {
    var counts: [HealthStatus: Int] = [:]
    for node in allNodes {
      for check in node.checks { counts[check.status, default: 0] += 1 }
      node.members.forEach { _, member in
        for check in member.checks { counts[check.status, default: 0] += 1 }
      }
    }
    return counts
  }
}
