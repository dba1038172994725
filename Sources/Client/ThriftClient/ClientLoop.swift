internal import MusterDiscovery
internal import MusterEventLoop

/// All calls and connections of a client; belongs to the loop's thread.
final class ClientLoop {
  /// What other threads tell it.
  enum Order: Sendable {
    case start(OutgoingCall)
    case cancel(UInt64)
    /// Is called when nothing is under way any more.
    case close(@Sendable () -> Void)
  }

  private let loop: EventLoop
  private let settings: ThriftClientSettings
  private var pools: [Endpoint: ConnectionPool] = [:]
  private var exchanges: [UInt64: Exchange] = [:]

  init(_ loop: EventLoop, _ settings: ThriftClientSettings) {
    self.loop = loop
    self.settings = settings
    let interval = min(max(settings.idleTimeout / 4, .milliseconds(10)), .seconds(5))
    LoopTimer(loop) { [unowned self] in sweep() }.start(after: interval, every: interval)
  }

  func take(_ order: Order) {
    switch order {
    case .start(let call): start(call)
    case .cancel(let id): exchanges[id].map { give(up: $0, .cancelled) }
    case .close(let done):
      for exchange in Array(exchanges.values) {
        give(up: exchange, .failed(ThriftClientError(.closed, "the client was closed", wasSent: true)))
      }
      for pool in pools.values { pool.closeAll() }
      done()
    }
  }

  private func start(_ call: OutgoingCall) {
    let exchange = Exchange(call, loop) { [unowned self] in late($0) }
    exchanges[call.id] = exchange
    exchange.atEnd = { [unowned self] in exchanges[call.id] = nil }
    let pool = pools[call.endpoint] ?? ConnectionPool(loop, call.endpoint, settings)
    pools[call.endpoint] = pool
    pool.start(exchange)
  }

  private func late(_ exchange: Exchange) {
    let state = exchange.connection?.abandon()
    let what =
      switch state {
      case nil: "no connection was free within \(exchange.call.timeout)"
      case (false, _)?: "no connection within \(exchange.call.timeout)"
      case (true, _)?: "no answer within \(exchange.call.timeout)"
      }
    exchange.fail(.timedOut, what, wasSent: state?.wasSent ?? false)
  }

  private func give(up exchange: Exchange, _ answer: OutgoingCall.Answer) {
    _ = exchange.connection?.abandon()
    exchange.end(answer)
  }

  private func sweep() {
    let age = UInt64(max(0, min(settings.idleTimeout / .milliseconds(1), 1e15)))
    for (endpoint, pool) in pools {
      pool.sweep(olderThan: age)
      if pool.isEmpty { pools[endpoint] = nil }
    }
  }
}
