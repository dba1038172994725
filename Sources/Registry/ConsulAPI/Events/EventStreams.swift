internal import MusterCatalog
internal import MusterHTTPServer
internal import MusterThreading

/// The open event streams: everybody who follows a service gets the same bytes for a change, rendered once.
final class EventStreams: Sendable {
  private struct Group {
    var follower: ServiceFollower
    var streams: [UInt64: HTTPStream] = [:]
  }

  private struct State: Sendable {
    var groups: [String: Group] = [:]
    var lastID: UInt64 = 0
    var count = 0
  }

  private let state = Locked(State())
  private let datacenter: String
  private let catalog: @Sendable () -> Catalog

  /// Streams over whatever `catalog` gives as the latest view.
  init(datacenter: String, catalog: @escaping @Sendable () -> Catalog) {
    self.datacenter = datacenter
    self.catalog = catalog
  }

  /// The number of open streams.
  var count: Int { state.withLock { $0.count } }

  /// Opens a stream that begins with all instances of the service.
  func open(_ service: String) -> HTTPStream {
    let stream = HTTPStream()
    let id = state.withLock { state -> UInt64 in
      state.lastID &+= 1
      let view = catalog()
      var group = state.groups[service] ?? Group(follower: ServiceFollower(service, datacenter: datacenter, in: view))
      // Whoever is there already gets what changed since; the new stream begins after it.
      if let change = group.follower.advance(to: view) { Self.send(change, to: &group, &state.count) }
      stream.send(group.follower.snapshot(of: view))
      group.streams[state.lastID] = stream
      state.groups[service] = group
      state.count += 1
      return state.lastID
    }
    stream.onEnd { [weak self] in self?.close(id, of: service) }
    return stream
  }

  /// Tells the streams of these services what changed. Called after a change is published.
  func changed(_ topics: Set<Topic>) {
    state.withLock { state in
      guard !state.groups.isEmpty else { return }
      let view = catalog()
      for case .service(let name) in topics {
        guard let change = state.groups[name]?.follower.advance(to: view), var group = state.groups[name] else {
          continue
        }
        Self.send(change, to: &group, &state.count)
        state.groups[name] = group.streams.isEmpty ? nil : group
      }
    }
  }

  /// A client that does not keep up is let go: it comes back and begins anew with everything.
  private static func send(_ bytes: [UInt8], to group: inout Group, _ count: inout Int) {
    for (id, stream) in group.streams where !stream.send(bytes) {
      stream.finish()
      group.streams[id] = nil
      count -= 1
    }
  }

  private func close(_ id: UInt64, of service: String) {
    state.withLock { state in
      guard state.groups[service]?.streams.removeValue(forKey: id) != nil else { return }
      state.count -= 1
      if state.groups[service]?.streams.isEmpty == true { state.groups[service] = nil }
    }
  }
}
