internal import MusterCalling
internal import MusterEventLoop
internal import MusterResilience

/// A client's call on its way: who carries it, and what follows when that fails.
final class ProxyCall {
  /// A try and the connection that it is on.
  struct Attempt {
    let attempt: SteppedCall.Try
    let upstream: Upstream
  }

  /// How far it is. Times are those of the loop, in milliseconds.
  enum State {
    /// An instance is being chosen.
    case choosing
    /// The next try has to wait.
    case pausing(until: UInt64)
    /// One instance has it, or is being connected to.
    case trying(Attempt, until: UInt64, hedgeAt: UInt64?)
    /// Two have it.
    case hedging(Attempt, Attempt, until: UInt64)
    /// It has ended.
    case done
  }

  let relay: ThriftRelay
  let head: CallHead
  let number: UInt64
  let isIdempotent: Bool
  /// What it has been through; nil as long as all goes well.
  var steps: SteppedCall?
  var state = State.choosing
  /// Its bytes, where they may be needed once more.
  var request: [UInt8] = []
  /// Whoever waits for the answer; nil if nobody does any more.
  private(set) var client: ThriftClientConnection?
  /// The place among the relay's calls.
  var index = 0

  init(
    _ relay: ThriftRelay, _ head: CallHead, isIdempotent: Bool, number: UInt64, client: ThriftClientConnection
  ) {
    self.relay = relay
    self.head = head
    self.isIdempotent = isIdempotent
    self.number = number
    self.client = client
  }

  /// Sends it to an instance.
  func begin(_ bytes: Span<UInt8>, at now: ContinuousClock.Instant) {
    if isIdempotent { request = relay.spare.copy(bytes) }
    do {
      start(try relay.caller.first(at: now), bytes, until: relay.firstDeadline(isIdempotent: isIdempotent), at: now)
    } catch {
      fail(relay.explain(error))
    }
  }

  /// The client is gone. What has been sent is let finish, so that its connection stays good.
  func abandon() {
    client = nil
    if case .pausing = state { end() }
  }

  /// It has ended, whatever became of it.
  func end() {
    state = .done
    var bytes: [UInt8] = []
    swap(&bytes, &request)
    relay.spare.take(&bytes)
    relay.remove(self)
    relay.caller.end()
  }

  /// The client gets an answer, and the call ends.
  func finish(_ bytes: Span<UInt8>) {
    let client = client
    self.client = nil
    end()
    client?.deliver(number, bytes)
  }

  /// The client gets an exception that says why.
  func fail(_ reason: String) {
    guard !isDone else { return }
    let text = "\(relay.service): \(head.name): \(reason)"
    relay.failed(text, after: steps?.start.duration(to: .now) ?? .zero)
    guard !head.isOneway, client != nil else { return end() }
    do {
      let answer = try FailureAnswer.bytes(
        to: head.message, header: head.header?.header, in: head.dialect, saying: "muster proxy: \(text)")
      finish(answer.span)
    } catch {
      let client = client
      end()
      client?.close(because: "no answer could be written: \(error)")
    }
  }

  var isDone: Bool { if case .done = state { true } else { false } }
}
