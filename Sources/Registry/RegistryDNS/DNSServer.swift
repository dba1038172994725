public import MusterEngine
internal import MusterEventLoop
internal import MusterThreading

/// Answers DNS queries over UDP and TCP from a registry.
///
/// It serves from the moment it is made until `stop()`, or until it is let go of.
public final class DNSServer: Sendable {
  /// Where it listens, with UDP and TCP; the port is the one that the system chose if 0 was asked for.
  public let address: (host: String, port: UInt16)

  private let threads: Locked<[EventLoopThread]>
  private let counters: [DNSCounters]

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - registry: what it answers from; every change shows in the next answer.
  ///   - settings: where it listens, what it answers for, and its limits.
  ///   - log: gets messages about trouble, each a line without its end, from any thread.
  /// - Throws: `DNSServerError` if a setting is wrong or the address can't be listened on.
  public init(
    registry: Registry, settings: DNSSettings, log: @escaping @Sendable (String) -> Void
  ) throws(DNSServerError) {
    try settings.validate()
    let zone = try Zone(settings)
    let recursor = try settings.recursorAddress()
    let store = AnswerStore(registry, zone, cacheBytes: settings.limits.cacheBytes)
    let sockets = try SocketPair.bind(settings)
    if let recursor, recursor == sockets.address {
      throw DNSServerError(
        .invalidSetting, "the recursor \(recursor) is this server itself; give the address of another one")
    }
    address = (settings.host, sockets.address.port)
    var threads: [EventLoopThread] = []
    var counters: [DNSCounters] = []
    for pair in sockets.pairs {
      let own = DNSCounters()
      do {
        let thread = try EventLoopThread(name: "muster-dns") { loop throws(EventLoopError) in
          guard let udp = pair.takeUDP(), let tcp = pair.takeTCP() else { return }
          try DNSWorker(loop, store, settings, recursor, own).serve(udp, tcp)
        }
        threads.append(thread)
      } catch {
        for thread in threads { thread.stop() }
        throw DNSServerError(error)
      }
      counters.append(own)
    }
    self.counters = counters
    self.threads = Locked(threads)
    if let recursor { log("names of other domains are forwarded to \(recursor)") }
  }

  deinit {
    stop()
  }

  /// What it has done so far.
  public var counts: DNSCounts {
    var counts = DNSCounts()
    for thread in counters { thread.add(to: &counts) }
    return counts
  }

  /// Stops it; when this returns nothing runs any more. Queries that wait for the recursor are not answered.
  public func stop() {
    let running = threads.withLock { threads in
      defer { threads = [] }
      return threads
    }
    for thread in running { thread.stop() }
  }
}
