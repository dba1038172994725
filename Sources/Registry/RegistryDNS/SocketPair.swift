internal import MusterEventLoop
internal import Synchronization

/// The sockets of one thread, until it takes them.
final class SocketPair: Sendable {
  private let udp: Mutex<BoundSocket?>
  private let tcp: Mutex<BoundSocket?>

  init(udp: consuming BoundSocket, tcp: consuming BoundSocket) {
    self.udp = Mutex(consume udp)
    self.tcp = Mutex(consume tcp)
  }

  func takeUDP() -> BoundSocket? { udp.withLock { $0.take() } }

  func takeTCP() -> BoundSocket? { tcp.withLock { $0.take() } }
}

extension SocketPair {
  /// With port 0, the one that UDP gets may be in use with TCP; then another is tried.
  private static let attempts = 16

  /// Binds a pair for each thread, all to one port.
  static func bind(_ settings: DNSSettings) throws(DNSServerError) -> (pairs: [SocketPair], address: SocketAddress) {
    guard let address = SocketAddress(host: settings.host, port: settings.port) else {
      throw DNSServerError(
        .addressNotAvailable,
        "'\(settings.host)' is not an IP address to listen on; give an IPv4 or IPv6 address or localhost")
    }
    for _ in 1..<attempts {
      do {
        return try bind(address, settings.threads)
      } catch {
        guard settings.port == 0, error.code == .addressInUse else { throw DNSServerError(error) }
      }
    }
    do { return try bind(address, settings.threads) } catch { throw DNSServerError(error) }
  }

  private static func bind(
    _ address: SocketAddress, _ threads: Int
  ) throws(EventLoopError) -> (pairs: [SocketPair], address: SocketAddress) {
    // The first pair is not shared, so that another program at that port is noticed.
    let first = try BoundSocket(.udp, address)
    let place = first.address
    let tcp = try BoundSocket(.tcp, place)
    if threads == 1 { return ([SocketPair(udp: first, tcp: tcp)], place) }
    _ = consume first
    _ = consume tcp
    var pairs: [SocketPair] = []
    for _ in 0..<threads {
      let udp = try BoundSocket(.udp, place, isShared: true)
      pairs.append(SocketPair(udp: udp, tcp: try BoundSocket(.tcp, place, isShared: true)))
    }
    return (pairs, place)
  }
}
