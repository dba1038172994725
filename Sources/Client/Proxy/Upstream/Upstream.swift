internal import MusterEventLoop
internal import MusterResilience
internal import MusterThrift

/// A connection to an instance, which carries one call at a time.
///
/// With one call at a time an answer can only be that call's: a slow call holds up nobody else's, and what was sent is known when
/// the connection breaks.
final class Upstream: TCPHandler {
  private enum State {
    case connecting(ProxyCall)
    case idle
    /// The call's bytes are being handed to the system.
    case sending
    case waiting(ProxyCall)
    /// All of a oneway call has to leave.
    case flushing(ProxyCall)
    case closed
  }

  /// What became of a call that was handed over.
  enum Carriage {
    case sent
    /// The connection had ended.
    case nothingSent
    /// It has ended now, and a part of the call may have arrived.
    case broken(String)
  }

  private static let moment: UInt64 = 20

  let group: InstanceGroup
  let dialect: ThriftDialect
  private var state: State
  private var connection: TCPConnection?
  @LoopOwned private var cutter: MessageCutter
  @LoopOwned private var pending = ByteQueue()
  /// Whether it has carried a call before.
  private var wasUsed = false
  /// What had been sent before the call that it carries.
  private var sentBefore: UInt64 = .max
  /// When it was last used, by the loop's clock.
  private(set) var usedAt: UInt64
  /// The places among the group's connections.
  var index = 0

  init(_ group: InstanceGroup, _ dialect: ThriftDialect, for call: ProxyCall) {
    self.group = group
    self.dialect = dialect
    state = .connecting(call)
    cutter = MessageCutter(dialect, messageSize: group.relay.settings.limits.messageSize)
    usedAt = group.relay.now
  }

  /// Connects, and sends the call that it was made for.
  func connect() {
    group.findAddress { [self] result in
      guard case .connecting = state else { return }
      switch result {
      case .success(let address):
        // May end at once; it is then closed, and setting it does no harm.
        connection = TCPConnection(
          group.relay.loop, to: address, timeout: group.relay.settings.upstream.connectTimeout, self)
      case .failure(let error): fail(.notSent, error.message)
      }
    }
  }

  /// Whether a call may be given to it: it may have ended without the loop having come to see it.
  var isUsable: Bool {
    guard case .idle = state, let connection else { return false }
    // One that was used a moment ago is hardly worth a call of the system.
    return group.relay.now &- usedAt < Self.moment || connection.isQuiet
  }

  /// Whether it carries no call.
  var isIdle: Bool { if case .idle = state { true } else { false } }

  /// Gives it a call.
  func carry(_ call: ProxyCall, _ bytes: Span<UInt8>) -> Carriage {
    guard let connection else { return .nothingSent }
    guard call.head.isOneway || call.request.isEmpty else {
      sentBefore = connection.sentCount
      state = .waiting(call)
      connection.sendSoon(bytes)
      return .sent
    }
    state = .sending
    let before = connection.sentCount
    let hasLeft = connection.send(bytes)
    guard connection.isOpen else {
      let reason = connection.failure?.message ?? "the connection ended"
      return connection.sentCount == before ? .nothingSent : .broken(reason)
    }
    guard call.head.isOneway else {
      state = .waiting(call)
      return .sent
    }
    guard hasLeft else {
      state = .flushing(call)
      return .sent
    }
    giveBack()
    call.left(on: self)
    return .sent
  }

  func connected(_ connection: TCPConnection) {
    guard case .connecting(let call) = state else { return }
    self.connection = connection
    guard !call.isDone else { return giveBack() }
    let bytes = call.request
    switch carry(call, bytes.span) {
    case .sent: break
    case .nothingSent: call.tryEnded(on: self, .notSent, "the connection ended")
    case .broken(let reason): call.tryEnded(on: self, .failed, reason)
    }
  }

  func drained(_ connection: TCPConnection) {
    guard case .flushing(let call) = state else { return }
    giveBack()
    call.left(on: self)
  }

  func received(_ bytes: Span<UInt8>, on connection: TCPConnection) {
    guard case .waiting(let call) = state else {
      return breakOff("it sent \(bytes.count) bytes that nobody had asked for")
    }
    guard pending.isEmpty else {
      pending.append(bytes)
      var all = ByteQueue()
      swap(&all, &pending)
      if !all.withSpan({ take($0, call) }) { pending = all }
      return
    }
    if !take(bytes, call) { pending.append(bytes) }
  }

  /// Whether the bytes were the whole answer, or are of no more use.
  private func take(_ bytes: Span<UInt8>, _ call: ProxyCall) -> Bool {
    do {
      guard let message = try cutter.next(bytes) else { return false }
      if let fault = call.head.fault(in: message.head) {
        breakOff(fault)
      } else {
        release(after: call, extra: bytes.count - message.length)
        let answer = bytes.extracting(0..<message.length)
        call.answered(by: self, answer, isException: message.head.type == .exception)
      }
    } catch {
      breakOff("it sent what is no answer: \(error)")
    }
    return true
  }

  /// The call is answered; what follows its answer is nobody's.
  private func release(after call: ProxyCall, extra: Int) {
    guard extra > 0 else { return giveBack() }
    group.relay.complain(
      "instance \(group.id) at \(group.endpoint): \(extra) bytes follow the answer to '\(call.head.name)'")
    close()
  }

  /// Ends it because of what the instance sent; its call fails.
  private func breakOff(_ reason: String) {
    group.relay.complain("instance \(group.id) at \(group.endpoint): \(reason)")
    giveUp(.failed, reason)
  }

  /// Ends it; its call goes on elsewhere, or fails.
  func giveUp(_ outcome: CallOutcome, _ reason: String) {
    switch state {
    case .connecting: fail(.notSent, reason)
    default: fail(outcome, reason)
    }
  }

  private func fail(_ outcome: CallOutcome, _ reason: String) {
    let old = state
    close()
    switch old {
    case .connecting(let call), .waiting(let call), .flushing(let call): call.tryEnded(on: self, outcome, reason)
    case .idle, .sending, .closed: break
    }
  }

  func ended(_ connection: TCPConnection) {
    let reason = connection.failure?.message ?? "it ended the connection before it had answered"
    switch state {
    // Whoever sends sees it.
    case .sending:
      state = .closed
      group.forget(self)
    case .connecting: fail(.notSent, reason)
    case .waiting(let call) where connection.sentCount == sentBefore:
      close()
      if wasUsed { call.notSent(on: self, reason) } else { call.tryEnded(on: self, .notSent, reason) }
    default: fail(.failed, reason)
    }
  }

  private func giveBack() {
    // An answer that came before its call had left leaves the connection in the middle of something.
    guard connection?.queuedCount == 0 else { return close() }
    state = .idle
    wasUsed = true
    usedAt = group.relay.now
    group.giveBack(self)
  }

  /// Ends it without a word to its call.
  func close() {
    if case .closed = state { return }
    state = .closed
    // A call that has not left is carried out elsewhere, or not at all.
    connection?.discardGathered()
    connection?.close()
    group.forget(self)
  }
}
