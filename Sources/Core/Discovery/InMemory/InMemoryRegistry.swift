/// The registry of one process as a value, which is told the time: the time since some moment, the same for all calls.
struct InMemoryRegistry: Sendable {
  /// A registered instance with what its TTL needs.
  fileprivate struct Entry {
    var instance: Instance
    let ttl: Duration?
    let deregisterAfter: Duration?
    /// When its TTL ends; nil while it is critical already, and without a TTL.
    var expiry: Duration?
    /// When it is removed, unless it reports before.
    var removal: Duration?
  }

  private var services: [String: [String: Entry]] = [:]
  /// The service of each id.
  private var serviceOfID: [String: String] = [:]
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// The names of the services that a change has touched.
  typealias Touched = Set<String>

  mutating func register(
    _ instance: Instance, checks: [HealthCheck], at now: Duration
  ) throws(DiscoveryError) -> Touched {
    let earlier = serviceOfID[instance.id]
    guard earlier != nil || serviceOfID.count < limit else {
      throw DiscoveryError(.refused, "\(limit) instances are registered: there can't be more")
    }
    var touched: Touched = [instance.service]
    if let earlier, earlier != instance.service {
      remove(instance.id, from: earlier)
      touched.insert(earlier)
    }
    var entry = Entry(
      instance: instance, ttl: checks.compactMap(\.ttl).min(),
      deregisterAfter: checks.compactMap(\.deregisterAfter).min())
    if entry.ttl != nil { entry.fail(at: now) }
    services[instance.service, default: [:]][instance.id] = entry
    serviceOfID[instance.id] = instance.service
    return touched
  }

  mutating func deregister(_ id: String) -> Touched {
    guard let service = serviceOfID[id] else { return [] }
    remove(id, from: service)
    return [service]
  }

  mutating func renew(_ id: String, health: Health, at now: Duration) throws(DiscoveryError) -> Touched {
    if let service = serviceOfID[id] { expire(service, at: now) }
    guard let service = serviceOfID[id], var entry = services[service]?[id], let ttl = entry.ttl else {
      throw DiscoveryError(.notRegistered, "there is no instance '\(id.prefix(80))' with a TTL check")
    }
    let before = entry.instance.health
    if health == .critical {
      entry.fail(at: now)
    } else {
      entry.instance.health = health
      entry.expiry = now + ttl
      entry.removal = nil
    }
    services[service]?[id] = entry
    return before == health ? [] : [service]
  }

  /// The instances of a service, and when the next of them changes by itself.
  mutating func look(_ service: String, at now: Duration) -> (instances: [Instance], deadline: Duration?) {
    expire(service, at: now)
    guard let entries = services[service] else { return ([], nil) }
    let deadlines = entries.values.compactMap { $0.expiry ?? $0.removal }
    return (Snapshot(service: service, instances: entries.values.lazy.map(\.instance)).instances, deadlines.min())
  }

  private mutating func expire(_ service: String, at now: Duration) {
    guard let entries = services[service] else { return }
    for (id, entry) in entries {
      var entry = entry
      if let expiry = entry.expiry, expiry <= now {
        entry.fail(at: expiry)
        services[service]?[id] = entry
      }
      if let removal = entry.removal, removal <= now { remove(id, from: service) }
    }
  }

  private mutating func remove(_ id: String, from service: String) {
    serviceOfID[id] = nil
    services[service]?[id] = nil
    if services[service]?.isEmpty == true { services[service] = nil }
  }
}

extension InMemoryRegistry.Entry {
  /// Makes it critical; the time to its removal runs on if it was critical before.
  fileprivate mutating func fail(at time: Duration) {
    instance.health = .critical
    expiry = nil
    removal = removal ?? deregisterAfter.map { time + $0 }
  }
}
