internal import MusterDNS
public import MusterDiscovery

/// The services that DNS has SRV records of (RFC 2782), such as those of Muster and Consul.
///
/// `web` is asked for as `_web._tcp.<domain>`. Records of the lowest priority number become instances, each address one
/// of its own with `host:port` as its id; what DNS has no place for (tags, metadata, zones) is not there. DNS has no way to
/// tell of changes, so a watch asks again and again. It compares names without case.
public struct DNSDiscovery: ReadOnlyDiscovery {
  private let settings: DNSDiscoverySettings
  private let client: DNSClient
  private let clock: DiscoveryClock

  /// - Parameters:
  ///   - settings: where to ask.
  ///   - clock: the period goes by it.
  /// - Throws: `.invalidArgument` with the setting that is wrong.
  public init(
    _ settings: DNSDiscoverySettings = .init(), clock: some Clock<Duration> = ContinuousClock()
  ) throws(DiscoveryError) {
    try settings.validate()
    self.settings = settings
    self.clock = DiscoveryClock(clock)
    client = DNSClient(server: try settings.serverAddress(), timeout: settings.timeout)
    _ = try DNSLister("x", settings, client)
  }

  /// The instances that DNS gives now.
  ///
  /// - Throws: `.invalidArgument` for a name that can't be one in DNS, `.unavailable` when no answer comes.
  public func discover(_ service: String) async throws -> [Instance] {
    let instances = try await DNSLister(service, settings, client).list()
    return Snapshot(service: service, instances: instances).instances
  }

  /// The instances that DNS gives, now and after every change that it is seen to make.
  public func watch(_ service: String) -> SnapshotSequence {
    do {
      return SnapshotSequence(
        PollingSource(service, try DNSLister(service, settings, client), every: settings.period, clock))
    } catch {
      return .failed(service, error)
    }
  }
}

/// Asks for one service.
private struct DNSLister: InstanceLister {
  /// The most names whose addresses are asked for, where an answer comes without them.
  private static let mostTargets = 64

  private let service: String
  private let name: DomainName
  private let client: DNSClient

  init(_ service: String, _ settings: DNSDiscoverySettings, _ client: DNSClient) throws(DiscoveryError) {
    try ServiceName.validate(service)
    let text = "_\(service)._tcp.\(settings.domain)"
    guard !service.utf8.contains(UInt8(ascii: ".")), let name = DomainName(text), !settings.domain.isEmpty else {
      throw DiscoveryError(
        .invalidArgument,
        "'\(text.prefix(300))' is no name in DNS: a service has at most 62 bytes and no dot there, the domain labels of 63"
      )
    }
    self.service = service
    self.name = name
    self.client = client
  }

  func list() async throws -> [Instance] {
    let records = ServiceRecords(try await client.ask(name, .srv))
    var instances: [Instance] = []
    var asked = 0
    for target in records.targets {
      var addresses = records.addresses(of: target)
      if addresses.isEmpty {
        asked += 1
        guard asked <= Self.mostTargets else {
          throw DiscoveryError(.invalidResponse, "more than \(Self.mostTargets) names without an address for \(name)")
        }
        addresses = try await self.addresses(of: target.name)
      }
      for address in addresses {
        let endpoint = Endpoint(host: address.description, port: target.port)
        instances.append(
          Instance(id: endpoint.description, service: service, endpoint: endpoint, weight: target.weight))
      }
    }
    return Snapshot(service: service, instances: instances).instances
  }

  private func addresses(of name: DomainName) async throws -> [IPAddress] {
    for type in [RecordType.a, .aaaa] {
      let answers = try await client.ask(name, type).answers
      // The name may stand for another one, whose addresses then come along.
      let found = ServiceRecords.addresses(answers).values.flatMap { $0 }
      if !found.isEmpty { return found }
    }
    return []
  }
}
