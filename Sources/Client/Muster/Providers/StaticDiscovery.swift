public import MusterDiscovery

/// A list of instances that never changes: for services whose addresses are known, and for tests.
public struct StaticDiscovery: ReadOnlyDiscovery {
  private let services: [String: [Instance]]

  /// The most instances of the list.
  public static let limit = 100_000

  /// A list of instances of any services.
  ///
  /// - Throws: `.invalidArgument` for one that could not be registered, an id that comes twice, and too long a list.
  public init(_ instances: [Instance]) throws(DiscoveryError) {
    guard instances.count <= Self.limit else {
      throw DiscoveryError(.invalidArgument, "\(instances.count) instances: there may be \(Self.limit)")
    }
    var services: [String: [Instance]] = [:]
    var ids: Set<String> = []
    for instance in instances {
      do {
        try Registration(instance).validate()
      } catch {
        throw DiscoveryError(error.code, "the instance '\(instance.id.prefix(80))': \(error.message)")
      }
      guard ids.insert(instance.id).inserted else {
        throw DiscoveryError(
          .invalidArgument, "the id '\(instance.id.prefix(80))' comes twice: each must be of its own")
      }
      services[instance.service, default: []].append(instance)
    }
    self.services = services
  }

  /// Instances of one service, each with its address as its id.
  ///
  /// - Throws: `.invalidArgument` as the other initialiser does.
  public init(_ service: String, _ endpoints: [Endpoint]) throws(DiscoveryError) {
    try self.init(endpoints.map { Instance(id: $0.description, service: service, endpoint: $0) })
  }

  /// The instances of a service that are passing or warning.
  ///
  /// - Throws: `.invalidArgument` for a name that breaks the rules.
  public func discover(_ service: String) async throws -> [Instance] {
    try ServiceName.validate(service)
    return snapshot(of: service).instances
  }

  /// The list, and then nothing until the reader lets go.
  public func watch(_ service: String) -> SnapshotSequence {
    do {
      try ServiceName.validate(service)
    } catch {
      return .failed(service, error)
    }
    let (snapshots, publisher) = SnapshotSequence.make()
    publisher.publish(snapshot(of: service))
    return snapshots
  }

  private func snapshot(of service: String) -> Snapshot {
    Snapshot(service: service, instances: services[service] ?? [])
  }
}

extension Registration {
  /// A registration that would make this instance.
  init(_ instance: Instance) {
    self.init(
      service: instance.service, port: instance.endpoint.port, host: instance.endpoint.host, id: instance.id,
      tags: instance.tags, metadata: instance.metadata, weight: instance.weight, zone: instance.zone)
  }
}
