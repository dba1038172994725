internal import MusterThreading

/// All that holds a connection suspended, so that stopping the server can let go of it.
final class ParkedRegistry: Sendable {
  private struct State {
    var exchanges: [ObjectIdentifier: HTTPExchange] = [:]
    var streams: [ObjectIdentifier: HTTPStream] = [:]
    var isClosed = false
  }

  private let state = Locked(State())

  /// Adds a request; false once the registry is closed.
  func add(_ exchange: HTTPExchange) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.exchanges[ObjectIdentifier(exchange)] = exchange
      return true
    }
  }

  /// Adds a stream; false once the registry is closed.
  func add(_ stream: HTTPStream) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.streams[ObjectIdentifier(stream)] = stream
      return true
    }
  }

  /// Removes a request.
  func remove(_ exchange: HTTPExchange) {
    _ = state.withLock { $0.exchanges.removeValue(forKey: ObjectIdentifier(exchange)) }
  }

  /// Removes a stream.
  func remove(_ stream: HTTPStream) {
    _ = state.withLock { $0.streams.removeValue(forKey: ObjectIdentifier(stream)) }
  }

  /// Refuses what comes from now on and gives what is there.
  func close() -> (exchanges: [HTTPExchange], streams: [HTTPStream]) {
    state.withLock { state in
      state.isClosed = true
      return (Array(state.exchanges.values), Array(state.streams.values))
    }
  }
}
