internal import MusterCalling
internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterResilience
internal import MusterThreading

/// A client's connection and one to an instance, each of which gets what arrives on the other.
final class Tunnel {
  private enum State {
    case choosing
    case pausing(until: UInt64)
    case connecting(SteppedCall.Try, TCPConnection?)
    case open(SteppedCall.Try, TCPConnection)
    case closed
  }

  private let relay: TunnelRelay
  private let client: TCPConnection
  private let steps: SteppedCall
  private var state = State.choosing
  private let start = ContinuousClock.now
  /// Which sides send nothing more.
  private var isClientDone = false
  private var isServerDone = false
  /// Whether the instance has sent anything.
  private var isAnswered = false
  private var activeAt: UInt64
  /// When it is ended because its instance has left.
  private var leavesAt: UInt64?
  /// The place among the relay's tunnels.
  var index = 0

  init(_ relay: TunnelRelay, _ client: TCPConnection, _ steps: SteppedCall) {
    self.relay = relay
    self.client = client
    self.steps = steps
    activeAt = relay.loop.now
    client.allowsHalfClose = true
  }

  /// Connects to an instance; the client is not read before that.
  func connect() {
    let now = ContinuousClock.now
    do {
      let attempt = try relay.caller.next(steps, at: now)
      state = .connecting(attempt, nil)
      relay.findAddress(attempt.instance.endpoint) { [weak self] result in self?.open(attempt, result) }
    } catch {
      close(because: error.message)
    }
  }

  private func open(_ attempt: SteppedCall.Try, _ result: Result<SocketAddress, EventLoopError>) {
    guard case .connecting(let current, nil) = state, current.id == attempt.id else { return }
    switch result {
    case .failure(let error): failed(attempt, error.message)
    case .success(let address):
      let connection = TCPConnection(
        relay.loop, to: address, timeout: relay.settings.upstream.connectTimeout, ServerSide(self))
      connection.allowsHalfClose = true
      // It may have failed at once.
      if case .connecting(let current, nil) = state, current.id == attempt.id, connection.isOpen {
        state = .connecting(attempt, connection)
      }
    }
  }

  private func failed(_ attempt: SteppedCall.Try, _ reason: String) {
    let now = ContinuousClock.now
    state = .choosing
    settle(attempt, .notSent, at: now)
    switch relay.caller.decide(steps, after: .notSent, of: attempt.id, at: now) {
    case .retry(let pause) where pause > .zero: state = .pausing(until: relay.loop.now &+ pause.wholeMilliseconds)
    case .retry:
      relay.tallies.update { $0.retries += 1 }
      connect()
    case .stop(let why):
      close(because: "\(attempt.id) at \(attempt.instance.endpoint): \(reason); not tried again, because \(why)")
    }
  }

  private func settle(_ attempt: SteppedCall.Try, _ outcome: CallOutcome, at now: ContinuousClock.Instant) {
    relay.caller.finish(attempt, outcome, at: now)
    relay.tallies.tally(of: attempt.id).withLock { $0.count(outcome) }
  }

  fileprivate func connected(_ connection: TCPConnection) {
    guard case .connecting(let attempt, _) = state else { return connection.close() }
    state = .open(attempt, connection)
    client.start(ClientSide(self))
  }

  fileprivate func serverEnded(_ connection: TCPConnection) {
    switch state {
    case .connecting(let attempt, _): failed(attempt, connection.failure?.message ?? "the connection ended")
    case .open: close(because: nil, isFailure: !isAnswered && connection.failure != nil)
    default: break
    }
  }

  fileprivate func clientEnded() { close(because: nil) }

  /// One side has sent something, which the other one gets.
  fileprivate func received(_ bytes: Span<UInt8>, from source: TCPConnection, isClient: Bool) {
    guard case .open(_, let server) = state else { return }
    activeAt = relay.loop.now
    if !isClient { isAnswered = true }
    if !(isClient ? server : client).send(bytes) { source.pause() }
  }

  fileprivate func drained(isClient: Bool) {
    guard case .open(_, let server) = state else { return }
    (isClient ? server : client).resume()
    closeIfDone()
  }

  fileprivate func finished(isClient: Bool) {
    guard case .open(_, let server) = state else { return }
    if isClient { isClientDone = true } else { isServerDone = true }
    (isClient ? server : client).finishSending()
    closeIfDone()
  }

  private func closeIfDone() {
    guard isClientDone, isServerDone, case .open(_, let server) = state else { return }
    if server.queuedCount == 0, client.queuedCount == 0 { close(because: nil) }
  }

  /// Ends both sides.
  func close(because reason: String?, isFailure: Bool = false) {
    let old = state
    if case .closed = old { return }
    state = .closed
    let now = ContinuousClock.now
    switch old {
    case .open(let attempt, let server):
      settle(attempt, isFailure ? .failed : .success, at: now)
      server.close()
      relay.tallies.update {
        isFailure ? $0.failed(after: start.duration(to: now)) : $0.answered(after: start.duration(to: now))
      }
    case .connecting(let attempt, let server):
      settle(attempt, .cancelled, at: now)
      server?.close()
    default: break
    }
    if let reason {
      relay.tallies.update { $0.failed(after: start.duration(to: now)) }
      let peer = client.peer?.description ?? "an unknown address"
      relay.log.write(
        .warning, "\(relay.settings.service): client at \(peer): its connection was closed: \(reason)")
    }
    client.close()
    relay.caller.end()
    relay.remove(self)
  }

  /// Its instance may have left.
  func check(_ endpoints: [String: Endpoint], at now: UInt64) {
    guard case .open(let attempt, _) = state, leavesAt == nil else { return }
    guard endpoints[attempt.id] != attempt.instance.endpoint else { return }
    leavesAt = now &+ relay.settings.upstream.leaveTime.wholeMilliseconds
  }

  func tick(_ now: UInt64) {
    if case .pausing(let until) = state, now >= until { return connect() }
    if let leavesAt, now >= leavesAt { return close(because: "its instance has left the registry") }
    if now >= activeAt &+ relay.settings.limits.idleTime.wholeMilliseconds { close(because: "it was silent too long") }
  }
}

/// The client's side of a tunnel.
private final class ClientSide: TCPHandler {
  private let tunnel: Tunnel

  init(_ tunnel: Tunnel) { self.tunnel = tunnel }

  func connected(_ connection: TCPConnection) {}

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    tunnel.received(bytes, from: connection, isClient: true)
  }

  func drained(_ connection: TCPConnection) { tunnel.drained(isClient: true) }

  func finished(_ connection: TCPConnection) { tunnel.finished(isClient: true) }

  func ended(_ connection: TCPConnection) { tunnel.clientEnded() }
}

/// The instance's side of a tunnel.
private final class ServerSide: TCPHandler {
  private let tunnel: Tunnel

  init(_ tunnel: Tunnel) { self.tunnel = tunnel }

  func connected(_ connection: TCPConnection) { tunnel.connected(connection) }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    tunnel.received(bytes, from: connection, isClient: false)
  }

  func drained(_ connection: TCPConnection) { tunnel.drained(isClient: false) }

  func finished(_ connection: TCPConnection) { tunnel.finished(isClient: false) }

  func ended(_ connection: TCPConnection) { tunnel.serverEnded(connection) }
}
