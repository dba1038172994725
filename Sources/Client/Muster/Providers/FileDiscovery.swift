public import MusterDiscovery

/// The services that a JSON file lists, which is read again and again.
///
/// ```json
/// {"services": {"web": [{"host": "10.0.0.7", "port": 8080, "zone": "a", "weight": 2}]}}
/// ```
///
/// An instance has a `host` and a `port`, and if need be an `id` (`<service>-<host>:<port>` unless given), `tags`,
/// `metadata`, `weight`, `zone` and `health`. A file that is gone or wrong leaves a watch with its last list, marked stale,
/// with the place that is wrong. Whoever writes the file should write another one and rename it, so that nobody reads half
/// of it.
public struct FileDiscovery: ReadOnlyDiscovery {
  private let path: String
  private let period: Duration
  private let clock: DiscoveryClock

  /// The services of a file, which need not exist yet.
  ///
  /// - Parameters:
  ///   - path: where it is; it may have 4 MiB and 20,000 instances.
  ///   - period: how often a watch reads it, from 1 ms to 1 h.
  ///   - clock: the period goes by it.
  /// - Throws: `.invalidArgument` for a period out of range and an empty path.
  public init(
    path: String, period: Duration = .seconds(1), clock: some Clock<Duration> = ContinuousClock()
  ) throws(DiscoveryError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw DiscoveryError(.invalidArgument, "the path of the file must not be empty nor contain a zero byte")
    }
    guard (.milliseconds(1)...Duration.seconds(3_600)).contains(period) else {
      throw DiscoveryError(.invalidArgument, "the period of \(period): it must be from 1 ms to 1 h")
    }
    self.path = path
    self.period = period
    self.clock = DiscoveryClock(clock)
  }

  /// The instances that the file lists now.
  ///
  /// - Throws: `.unavailable` when it can't be read, `.invalidResponse` with the place that is wrong.
  public func discover(_ service: String) async throws -> [Instance] {
    try ServiceName.validate(service)
    let file = try ServiceFile(ServiceFile.bytes(at: path), path: path)
    return Snapshot(service: service, instances: file.services[service] ?? []).instances
  }

  /// The instances that the file lists, now and after every change.
  public func watch(_ service: String) -> SnapshotSequence {
    do {
      try ServiceName.validate(service)
    } catch {
      return .failed(service, error)
    }
    return SnapshotSequence(PollingSource(service, FileLister(path: path, service: service), every: period, clock))
  }
}

/// Reads one service's list from a file, and what it has read before only once.
private struct FileLister: InstanceLister {
  let path: String
  let service: String
  private var last: (bytes: [UInt8], list: [Instance])?

  init(path: String, service: String) {
    self.path = path
    self.service = service
  }

  mutating func list() async throws -> [Instance] {
    let bytes = try ServiceFile.bytes(at: path)
    if let last, last.bytes == bytes { return last.list }
    let list = try ServiceFile(bytes, path: path).services[service] ?? []
    last = (bytes, list)
    return list
  }
}
