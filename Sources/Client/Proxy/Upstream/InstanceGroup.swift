internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterResilience
internal import MusterThreading
internal import MusterThrift

/// The connections to one instance.
final class InstanceGroup {
  let id: String
  let endpoint: Endpoint
  let relay: ThriftRelay
  let tally: Locked<InstanceTally>
  private var all: [Upstream] = []
  /// Those without a call: the last used is used first, so that the others can be let go.
  @LoopOwned private var idle: [Upstream] = []
  /// When what is left is closed; nil while the instance is in the registry.
  private var leavesAt: UInt64?
  private var address: SocketAddress?

  init(_ relay: ThriftRelay, id: String, endpoint: Endpoint, tally: Locked<InstanceTally>) {
    self.relay = relay
    self.id = id
    self.endpoint = endpoint
    self.tally = tally
    address = SocketAddress(host: endpoint.host, port: endpoint.port)
  }

  /// How many connections there are.
  var connections: Int { all.count }

  /// A connection without a call that has not ended.
  func takeIdle(_ dialect: ThriftDialect) -> Upstream? {
    // Few services are called in more than one dialect.
    while let place = idle.lastIndex(where: { $0.dialect == dialect }) {
      let upstream = idle.remove(at: place)
      if upstream.isUsable { return upstream }
      upstream.close()
    }
    return nil
  }

  /// A connection for a call, which has to be told to connect.
  func makeConnection(_ dialect: ThriftDialect, for call: ProxyCall) -> Upstream {
    let upstream = Upstream(self, dialect, for: call)
    upstream.index = all.count
    all.append(upstream)
    return upstream
  }

  /// A connection has no call any more.
  func giveBack(_ upstream: Upstream) {
    guard leavesAt == nil, !relay.isDraining else { return upstream.close() }
    let most = relay.settings.upstream.idleConnections
    guard idle.count < most || idle.count(where: { $0.dialect == upstream.dialect }) < most else {
      return upstream.close()
    }
    idle.append(upstream)
  }

  /// A connection has ended.
  func forget(_ upstream: Upstream) {
    let index = upstream.index
    if all.indices.contains(index), all[index] === upstream {
      let last = all.removeLast()
      if last !== upstream {
        last.index = index
        all[index] = last
      }
    }
    idle.removeAll { $0 === upstream }
    if all.isEmpty, leavesAt != nil { relay.dissolve(self) }
  }

  /// Ends the connections without a call: all of them, or those not used since a time.
  func closeIdle(unusedSince time: UInt64 = .max) {
    for upstream in all where upstream.isIdle && upstream.usedAt < time { upstream.close() }
  }

  /// The instance has left: nothing new goes there.
  func retire(at now: UInt64) {
    guard leavesAt == nil else { return }
    leavesAt = now &+ relay.settings.upstream.leaveTime.wholeMilliseconds
    closeIdle()
    if all.isEmpty { relay.dissolve(self) }
  }

  /// Whether it has left.
  var isRetired: Bool { leavesAt != nil }

  /// Ends what should have ended by itself.
  func tick(_ now: UInt64) {
    guard let leavesAt, now >= leavesAt else { return }
    for upstream in all {
      upstream.giveUp(
        .failed, "it has left the registry, and did not answer within \(relay.settings.upstream.leaveTime)")
    }
  }

  func count(_ outcome: CallOutcome) { tally.withLock { $0.count(outcome) } }

  /// Finds out where the instance is.
  func findAddress(_ done: @escaping (Result<SocketAddress, EventLoopError>) -> Void) {
    if let address { return done(.success(address)) }
    let host = endpoint.host
    NameLookup.start(relay.loop, host: host, port: endpoint.port) { result in
      switch result.map(\.first) {
      case .success(let address?): done(.success(address))
      case .success(nil): done(.failure(EventLoopError(.addressNotAvailable, "\(host) has no address")))
      case .failure(let error): done(.failure(error))
      }
    }
  }
}
