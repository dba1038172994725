internal import MusterThreading

/// A request that waits for its answer.
///
/// The first call of `answer` counts, from whichever thread; others are ignored.
public final class HTTPExchange: Sendable {
  /// Whether the client takes gzip.
  public let acceptsGzip: Bool

  fileprivate enum Phase {
    /// The connection's thread still runs the closure that was given this exchange.
    case open
    /// The connection is suspended.
    case parked
    /// Settled; the connection's thread sends the response, or closes if there is none because the client is gone.
    case settled(HTTPResponse?)
  }

  fileprivate struct State {
    var phase = Phase.open
    var onHangUp: (@Sendable () -> Void)?
  }

  /// Where the answer goes: to a connection, or to a closure.
  private enum Destination {
    case connection(Tether)
    case closure(@Sendable (HTTPResponse) -> Void)
  }

  private let destination: Destination
  private let state = Locked(State())

  init(_ tether: Tether, acceptsGzip: Bool) {
    destination = .connection(tether)
    self.acceptsGzip = acceptsGzip
  }

  /// Makes an exchange without a connection, for calling a handler directly, as tests do.
  ///
  /// - Parameters:
  ///   - acceptsGzip: what the exchange says about its client.
  ///   - onAnswer: gets the answer that counts.
  public init(acceptsGzip: Bool = false, onAnswer: @escaping @Sendable (HTTPResponse) -> Void) {
    destination = .closure(onAnswer)
    self.acceptsGzip = acceptsGzip
  }

  /// Answers the request.
  ///
  /// - Returns: false if it has been answered before, the client is gone, or the server has stopped.
  @discardableResult
  public func answer(_ response: HTTPResponse) -> Bool {
    settle(response) != nil
  }

  /// Sets what is called once, on a thread of the server, if the client hangs up before the answer.
  ///
  /// It replaces one that was set before, must not block, and is never called after `answer` has returned true.
  public func onHangUp(_ body: @escaping @Sendable () -> Void) {
    state.withLock { state in
      if case .settled = state.phase { return }
      state.onHangUp = body
      // Not before it is wanted: most requests that are answered later wait too short a time to be worth it.
      if case .connection(let tether) = destination { tether.watch(for: self) }
    }
  }

  /// Acts as if the client had hung up; for an exchange without a connection.
  public func hangUp() {
    settle(nil)?()
  }

  /// Decides the outcome; nil if it was decided before, else what `onHangUp` had set.
  private func settle(_ response: HTTPResponse?) -> (@Sendable () -> Void)? {
    let (isFirst, wasParked, body) = state.withLock { state -> (Bool, Bool, (@Sendable () -> Void)?) in
      guard let wasParked = state.settle(response) else { return (false, false, nil) }
      if case .connection(let tether) = destination { tether.letGo() }
      defer { state.onHangUp = nil }
      return (true, wasParked, state.onHangUp)
    }
    guard isFirst else { return nil }
    switch destination {
    case .closure(let onAnswer):
      if let response { onAnswer(response) }
      return body ?? {}
    case .connection(let tether):
      guard wasParked else { return body ?? {} }
      guard response == nil else {
        tether.resume()
        return body ?? {}
      }
      return {
        body?()
        tether.resume()
      }
    }
  }
}

extension HTTPExchange: Occupant {
  func clientHungUp() { hangUp() }

  func serverStops() { answer(ServerCore.stoppingResponse) }
}

extension HTTPExchange {
  /// What the connection's thread has to do after the handler's closure has returned.
  enum Outcome {
    case send(HTTPResponse)
    case close
    case wait
  }

  /// Suspends the connection unless the answer is there; on the connection's thread.
  func parkUnlessAnswered() -> Outcome {
    guard case .connection(let tether) = destination else { return .close }
    return state.withLock { state in
      if case .settled(let response) = state.phase { return response.map(Outcome.send) ?? .close }
      guard tether.hold(self) else {
        _ = state.settle(nil)
        tether.letGo()
        return .send(ServerCore.stoppingResponse)
      }
      tether.connection.suspend()
      state.phase = .parked
      return .wait
    }
  }

  /// The outcome after the connection was resumed; on the connection's thread.
  func outcome() -> Outcome {
    state.withLock { state in
      guard case .settled(let response) = state.phase else { return .wait }
      return response.map(Outcome.send) ?? .close
    }
  }
}

extension HTTPExchange.State {
  /// Whether it was parked; nil if it was settled before.
  fileprivate mutating func settle(_ response: HTTPResponse?) -> Bool? {
    switch phase {
    case .settled: return nil
    case .open:
      phase = .settled(response)
      return false
    case .parked:
      phase = .settled(response)
      return true
    }
  }
}
