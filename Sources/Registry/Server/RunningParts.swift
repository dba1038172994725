internal import MusterChecks
internal import MusterConsulAPI
internal import MusterHTTPServer
internal import MusterRegistryDNS
internal import MusterThreading

/// The parts of a server that the API tells of and that are made before or after it; the HTTP server is held weakly,
/// since it holds the API.
final class RunningParts: Sendable {
  private struct State: Sendable {
    weak var http: HTTPServer?
    var dns: DNSServer?
    var checks: CheckRunner?
  }

  private let state = Locked(State())

  func set(http: HTTPServer) { state.withLock { $0.http = http } }
  func set(dns: DNSServer?) { state.withLock { $0.dns = dns } }
  func set(checks: CheckRunner) { state.withLock { $0.checks = checks } }

  /// Stops what runs, when the server could not be started as a whole.
  func stop() {
    let (dns, checks) = state.withLock { ($0.dns, $0.checks) }
    dns?.stop()
    checks?.stop()
  }

  /// The number of open HTTP connections.
  var connections: Int { state.withLock { $0.http }?.connections ?? 0 }

  /// What monitoring reads of DNS and of the registry's own checks.
  var readings: [Reading] {
    let (dns, checks) = state.withLock { ($0.dns, $0.checks) }
    return (dns.map { Self.readings(of: $0.counts) } ?? []) + (checks.map { Self.readings(of: $0.counts) } ?? [])
  }

  private static func readings(of counts: DNSCounts) -> [Reading] {
    func queries(_ transport: String, _ value: UInt64) -> Reading {
      Reading(
        name: "muster_dns_queries_total", kind: .counter, help: "DNS queries.", value: value,
        labels: [("transport", transport)])
    }
    return [
      queries("udp", counts.udpQueries), queries("tcp", counts.tcpQueries),
      .counter("muster_dns_malformed_total", "DNS packets that are no query.", counts.malformed),
      .counter("muster_dns_forwarded_total", "DNS queries given to the recursor.", counts.forwarded),
      .counter(
        "muster_dns_forward_failures_total", "Queries that the recursor did not answer.", counts.forwardFailures),
      .counter("muster_dns_dropped_total", "DNS queries that were dropped.", counts.dropped),
      .gauge("muster_dns_tcp_connections", "Open DNS connections.", counts.tcpConnections),
    ]
  }

  private static func readings(of counts: CheckCounts) -> [Reading] {
    [
      .gauge("muster_probed_checks", "Checks that the registry runs.", counts.checks),
      .gauge("muster_probes_running", "Probes that are under way.", counts.running),
      .gauge("muster_checks_held", "Checks held critical since they change too often.", counts.held),
      .counter("muster_probes_total", "Probes that have ended.", counts.finished),
      .counter("muster_probes_skipped_total", "Probes left out since the one before had not ended.", counts.skipped),
      .gauge("muster_probe_lateness_p99_microseconds", "How late probes start.", counts.latenessMicroseconds),
    ]
  }
}

extension CheckCounts {
  fileprivate var latenessMicroseconds: Int {
    Int(clamping: lateness.components.seconds * 1_000_000 + lateness.components.attoseconds / 1_000_000_000_000)
  }
}
