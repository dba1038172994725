internal import MusterDiscovery
internal import MusterJSON

/// What is put to `/v1/agent/service/register`.
enum RegistrationBody {
  /// The key of the metadata that carries the zone.
  static let zoneKey = "zone"
  /// The key of the metadata that carries a weight of 0, which Consul has no other place for.
  static let weightKey = "muster-weight"
  /// The ids of checks have at most 256 bytes; this is left for the id of an instance.
  private static let longestIDWithTTL = 256 - "service:".utf8.count - ":ttl".utf8.count

  /// The id of the check that `renew` reports to.
  static func ttlCheckID(of instanceID: String) -> String { "service:\(instanceID):ttl" }

  /// - Throws: `.invalidArgument` for what this kind of registry has no place for.
  static func validate(_ registration: Registration, _ instance: Instance) throws(DiscoveryError) {
    for key in [zoneKey, weightKey] where registration.metadata[key] != nil {
      throw DiscoveryError(.invalidArgument, "the metadata key '\(key)': it is taken; set the zone and weight instead")
    }
    guard registration.ttl == nil || instance.id.utf8.count <= longestIDWithTTL else {
      throw DiscoveryError(
        .invalidArgument,
        "the id of \(instance.id.utf8.count) bytes: with a TTL check it may have \(longestIDWithTTL)")
    }
  }

  /// The text in JSON.
  static func bytes(_ instance: Instance, _ checks: [HealthCheck]) -> [UInt8] {
    var writer = JSONWriter(reserving: 512)
    writer.object { writer in
      writer.field("ID", instance.id)
      writer.field("Name", instance.service)
      writer.field("Address", instance.endpoint.host)
      writer.field("Port", instance.endpoint.port)
      writer.key("Tags")
      writer.array { writer in
        for tag in instance.tags { writer.string(tag) }
      }
      writer.key("Meta")
      writer.object { writer in
        for (key, value) in instance.metadata.sorted(by: { $0.key < $1.key }) { writer.field(key, value) }
        if let zone = instance.zone { writer.field(zoneKey, zone) }
        if instance.weight == 0 { writer.field(weightKey, "0") }
      }
      writer.key("Weights")
      writer.object { writer in
        writer.field("Passing", max(1, instance.weight))
        writer.field("Warning", max(1, instance.weight))
      }
      writer.key("Checks")
      writer.array { writer in
        writer.ttlCheck(of: checks, instance.id)
        for check in checks { writer.probe(check) }
      }
    }
    return writer.bytes
  }
}

extension JSONWriter {
  /// All TTLs in one check: the shortest decides in any case, and one report serves them all.
  fileprivate mutating func ttlCheck(of checks: [HealthCheck], _ id: String) {
    let checks = checks.filter { $0.ttl != nil }
    guard let ttl = checks.compactMap(\.ttl).min() else { return }
    object { writer in
      writer.field("CheckID", RegistrationBody.ttlCheckID(of: id))
      writer.field("Name", "reports of the service")
      writer.field("TTL", ttl.text)
      writer.removal(checks.compactMap(\.deregisterAfter).min())
    }
  }

  fileprivate mutating func probe(_ check: HealthCheck) {
    if check.ttl != nil { return }
    object { writer in
      switch check.kind {
      case .http(let url): writer.field("HTTP", url)
      case .tcp(let endpoint): writer.field("TCP", endpoint.description)
      case .ttl: break
      }
      writer.field("Interval", check.interval.text)
      writer.field("Timeout", check.timeout.text)
      writer.removal(check.deregisterAfter)
    }
  }

  private mutating func removal(_ time: Duration?) {
    if let time { field("DeregisterCriticalServiceAfter", time.text) }
  }
}

extension Duration {
  /// In the registry's form, in whole milliseconds, rounded up.
  var text: String {
    let (seconds, attoseconds) = components
    let perMillisecond: Int64 = 1_000_000_000_000_000
    return "\(seconds * 1_000 + (attoseconds + perMillisecond - 1) / perMillisecond)ms"
  }
}
