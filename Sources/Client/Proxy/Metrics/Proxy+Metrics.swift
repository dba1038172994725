internal import MusterBalancing
internal import MusterCalling
internal import MusterDiscovery
internal import MusterThreading

extension Proxy {
  /// What it has seen, in Prometheus' text format.
  public var metrics: String {
    var page = MetricsPage()
    let all = services.map { (labels: "service=\"\($0.settings.service)\"", service: $0) }
    func family(_ name: String, _ kind: String, _ help: String, _ value: (ServiceTallies.Numbers) -> UInt64) {
      page.begin(name, kind, help)
      for one in all { page.line(name, one.labels, one.service.tallies.read(value)) }
    }
    family("muster_proxy_connections", "gauge", "Open connections of clients.") { UInt64(clamping: $0.connections) }
    family("muster_proxy_calls_total", "counter", "Calls that have ended.") { $0.calls }
    family("muster_proxy_failures_total", "counter", "Calls that no instance has answered.") { $0.failures }
    family("muster_proxy_retries_total", "counter", "Further tries of calls.") { $0.retries }
    family("muster_proxy_hedges_total", "counter", "Calls sent to a second instance since the first was late.") {
      $0.hedges
    }
    family("muster_proxy_faults_total", "counter", "Connections that ended because of what came over them.") {
      $0.faults
    }
    family("muster_proxy_ejections_total", "counter", "Instances taken out since they do worse than others.") {
      $0.ejections
    }
    family("muster_proxy_breaker_opened_total", "counter", "Breakers of instances that have opened.") { $0.opened }
    family("muster_proxy_registry_up", "gauge", "Whether the registry answers.") { $0.registryTrouble == nil ? 1 : 0 }
    page.begin("muster_proxy_call_seconds", "histogram", "How long calls took.")
    for one in all { page.histogram("muster_proxy_call_seconds", one.labels, one.service.tallies.read { $0.latency }) }
    page.begin("muster_proxy_tries_total", "counter", "Tries at an instance by how they ended.")
    for one in all {
      for (id, tally) in one.service.tallies.byInstance {
        for (outcome, count) in tally.outcomes {
          page.line(
            "muster_proxy_tries_total", one.labels + ",instance=\"\(page.escape(id))\",outcome=\"\(outcome)\"", count)
        }
      }
    }
    let states = all.flatMap { one in one.service.caller.balancer.status.map { (one.labels, $0) } }
    page.begin("muster_proxy_pending", "gauge", "Tries under way at an instance.")
    for (labels, status) in states {
      page.line(
        "muster_proxy_pending", labels + ",instance=\"\(page.escape(status.instance.id))\"",
        UInt64(clamping: status.pending))
    }
    page.begin("muster_proxy_ejected", "gauge", "Whether an instance is taken out.")
    for (labels, status) in states {
      page.line(
        "muster_proxy_ejected", labels + ",instance=\"\(page.escape(status.instance.id))\"", status.isEjected ? 1 : 0)
    }
    return page.text
  }
}
