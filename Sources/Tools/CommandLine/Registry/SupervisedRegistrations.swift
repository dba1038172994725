/// The registrations of a program that is supervised: its service, and the further ones it serves.
package struct SupervisedRegistrations: Equatable, Sendable {
  /// The service's own first; each has the supervisor's TTL check as its first check.
  package let all: [ServiceRegistration]

  /// Adds the supervisor's check to a registration, and makes those of further services.
  ///
  /// The checks belong to the first alone; address, tags, metadata and weight to all.
  ///
  /// - Parameters:
  ///   - registration: The service's own, with the checks it was given.
  ///   - others: The further services.
  ///   - ttl: How long a heartbeat is good for. It is also how long the registry keeps a critical one at most; a registry
  ///     has a least of its own, a minute as a rule.
  /// - Throws: ``CommandError/Code/usage`` when two of them would have the same id.
  package init(
    _ registration: ServiceRegistration, others: [FurtherService], ttl: TimeSpan
  ) throws(CommandError) {
    var lease = CheckSpecification(.ttl(ttl))
    lease.deregisterAfter = ttl
    lease.startsPassing = true
    var own = registration
    own.checks = [lease] + registration.checks
    // The program was seen to pass it.
    if let index = own.checks.firstIndex(where: \.showsReadiness) { own.checks[index].startsPassing = true }
    all =
      [own]
      + others.map { other in
        ServiceRegistration(
          name: other.name, address: own.address, port: other.port, tags: own.tags, meta: own.meta, weight: own.weight,
          checks: [lease])
      }
    var ids: Set<String> = []
    for one in all where !ids.insert(one.id).inserted {
      throw CommandError(.usage, "--also: '\(one.id)' would be registered twice; give each service its own port")
    }
  }
}

extension CheckSpecification {
  /// Whether it can be looked at from beside the program, before it is registered.
  package var showsReadiness: Bool {
    switch kind {
    case .http, .tcp: true
    case .ttl, .grpc, .thrift, .exec: false
    }
  }
}
