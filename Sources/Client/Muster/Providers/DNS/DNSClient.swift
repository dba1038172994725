internal import MusterDNS
internal import MusterDiscovery
internal import MusterEventLoop
internal import MusterThreading

/// Asks a DNS server, with a loop for each question.
struct DNSClient: Sendable {
  let server: SocketAddress
  let timeout: Duration

  /// Records of a type, those of the additional section after them; none if there is no such name.
  ///
  /// - Throws: `DiscoveryError`, `CancellationError`.
  func ask(_ name: DomainName, _ type: RecordType) async throws -> Message {
    let question = DNSExchange.Question(
      server: server, name: name, type: type, id: UInt16.random(in: .min ... .max), retryAfter: timeout / 3,
      timeout: timeout)
    let outcome = Outcome()
    let thread: EventLoopThread
    do {
      thread = try EventLoopThread(name: "dns") { loop throws(EventLoopError) in
        _ = try DNSExchange(loop, question) { outcome.settle(.success($0)) }
      }
    } catch {
      throw DiscoveryError(.unavailable, "can't ask the DNS server \(server): \(error.message)", cause: error)
    }
    let result = await withTaskCancellationHandler {
      await outcome.value()
    } onCancel: {
      outcome.settle(.failure(CancellationError()))
    }
    thread.stop()
    guard let message = try result.get() else {
      throw DiscoveryError(.unavailable, "the DNS server \(server) has not answered within \(timeout) about \(name)")
    }
    switch message.responseCode {
    case .noError, .nameError: return message
    case .serverFailure:
      throw DiscoveryError(.unavailable, "the DNS server \(server) says that it can't find out about \(name)")
    default:
      throw DiscoveryError(
        .refused, "the DNS server \(server) refuses \(name): response code \(message.responseCode.rawValue)")
    }
  }

  /// What comes first: the answer, or the cancelling.
  private final class Outcome: Sendable {
    typealias Value = Result<Message?, any Error>

    private struct State {
      var value: Value?
      var waiting: CheckedContinuation<Value, Never>?
    }

    private let state = Locked(State())

    func settle(_ value: Value) {
      let waiting = state.withLock { state -> CheckedContinuation<Value, Never>? in
        guard state.value == nil else { return nil }
        state.value = value
        return state.waiting.take()
      }
      waiting?.resume(returning: value)
    }

    func value() async -> Value {
      await withCheckedContinuation { continuation in
        let value = state.withLock { state in
          if state.value == nil { state.waiting = continuation }
          return state.value
        }
        if let value { continuation.resume(returning: value) }
      }
    }
  }
}
