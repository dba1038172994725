internal import MusterCatalog
internal import MusterEngine

/// One number that monitoring reads.
struct Reading: Sendable {
  enum Kind: String {
    case gauge, counter
  }

  let name: String
  let kind: Kind
  let help: String
  let value: UInt64
  var labels: [(name: String, value: String)] = []

  /// Prometheus' text format, version 0.0.4.
  static func prometheus(_ readings: [Reading]) -> String {
    var text = ""
    var described: Set<String> = []
    for reading in readings {
      if described.insert(reading.name).inserted {
        text += "# HELP \(reading.name) \(reading.help)\n# TYPE \(reading.name) \(reading.kind.rawValue)\n"
      }
      let labels = reading.labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
      text += "\(reading.name)\(labels.isEmpty ? "" : "{\(labels)}") \(reading.value)\n"
    }
    return text
  }
}

extension ConsulAPI {
  /// All that there is to read now.
  var readings: [Reading] {
    let catalog = registry.catalog
    let counts = registry.counts
    let calls = metrics.counts
    let kept = cache.size
    let checks = catalog.checkCounts
    func gauge(_ name: String, _ help: String, _ value: Int) -> Reading {
      Reading(name: name, kind: .gauge, help: help, value: UInt64(clamping: value))
    }
    func counter(_ name: String, _ help: String, _ value: UInt64) -> Reading {
      Reading(name: name, kind: .counter, help: help, value: value)
    }
    return [
      gauge("muster_services", "Services with at least one instance.", catalog.serviceCount),
      gauge("muster_instances", "Registered instances.", catalog.instanceCount),
      gauge("muster_nodes", "Registered nodes.", catalog.nodeCount),
      gauge("muster_revision", "Revision of the last change.", Int(clamping: catalog.revision)),
      gauge("muster_watchers", "Blocking queries that are parked.", registry.watcherCount),
      gauge("muster_event_streams", "Open event streams.", events.count),
      gauge("muster_connections", "Open HTTP connections.", hooks.connections()),
      gauge("muster_cached_answers", "Rendered answers that are kept.", kept.entries),
      gauge("muster_cached_bytes", "Memory of rendered answers.", kept.bytes),
    ]
      + [HealthStatus.passing, .warning, .critical].map { status in
        Reading(
          name: "muster_checks", kind: .gauge, help: "Checks by status.", value: UInt64(clamping: checks[status] ?? 0),
          labels: [("status", status.rawValue)])
      } + [
        counter("muster_reads_total", "Look-ups answered or parked.", calls.reads),
        counter("muster_writes_total", "Changes asked for.", calls.writes),
        counter("muster_refusals_total", "Requests that were refused.", calls.refusals),
        counter("muster_commands_total", "Commands taken by the registry.", counts.commands),
        counter("muster_commands_rejected_total", "Commands that the registry refused.", counts.rejected),
        counter("muster_commands_unchanged_total", "Commands that changed nothing.", counts.unchanged),
        counter("muster_events_total", "Changes made durable.", counts.events),
        counter("muster_commits_total", "Groups of changes made durable together.", counts.commits),
        counter("muster_store_failures_total", "Commits that failed.", counts.storeFailures),
      ]
  }
}
