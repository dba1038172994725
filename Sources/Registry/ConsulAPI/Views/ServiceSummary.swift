internal import MusterCatalog

/// A line of `muster services`.
struct ServiceSummary: Sendable {
  let name: String
  /// The tags that any instance has, sorted.
  let tags: [String]
  let instances: Int
  let passing: Int
  let warning: Int
  /// Those in maintenance are among them.
  let critical: Int
  let index: UInt64

  init(of service: String, in catalog: Catalog) {
    let members = catalog.members(of: service)
    var counts: [HealthStatus: Int] = [:]
    for member in members { counts[catalog.status(of: member), default: 0] += 1 }
    name = service
    tags = Set(members.flatMap(\.instance.tags)).sorted()
    instances = members.count
    passing = counts[.passing] ?? 0
    warning = counts[.warning] ?? 0
    critical = (counts[.critical] ?? 0) + (counts[.maintenance] ?? 0)
    index = catalog.index(of: .service(service))
  }
}
