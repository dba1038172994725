internal import MusterDNS
internal import MusterEventLoop
internal import Synchronization

/// Asks another server, and gives its answers on.
///
/// Each query leaves from a socket of its own under a number of its own: whoever wants to forge an answer has to guess
/// both (RFC 5452).
final class Forwarder {
  private let loop: EventLoop
  private let server: SocketAddress
  private let limit: Int
  private let timeout: Duration
  private let counters: DNSCounters
  private var pending = 0
  private var random = SystemRandomNumberGenerator()

  init(_ loop: EventLoop, to server: SocketAddress, limit: Int, timeout: Duration, _ counters: DNSCounters) {
    self.loop = loop
    self.server = server
    self.limit = limit
    self.timeout = timeout
    self.counters = counters
  }

  /// Forwards a query.
  ///
  /// - Parameters:
  ///   - query: what is asked.
  ///   - packet: the query's packet.
  ///   - needsAll: whether an answer that was cut is asked for again over TCP.
  ///   - done: gets the answer; nil if there is none.
  func forward(_ query: Query, _ packet: [UInt8], needsAll: Bool, _ done: @escaping ([UInt8]?) -> Void) {
    guard pending < limit else {
      counters.forwardFailures.countAlone()
      return done(nil)
    }
    counters.forwarded.countAlone()
    pending += 1
    let id = UInt16.random(in: 0...UInt16.max, using: &random)
    let exchange = ForwardedQuery(query, packet, id: id, needsAll: needsAll) { [weak self] reply in
      self?.pending -= 1
      if reply == nil { self?.counters.forwardFailures.countAlone() }
      done(reply)
    }
    exchange.start(loop, server, timeout)
  }
}
