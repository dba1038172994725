internal import MusterEventLoop
internal import MusterEventPoll
internal import MusterThreading
internal import MusterThrift
internal import MusterTiming

/// Makes the calls of Thrift probes, on a thread of its own that is started with the first one.
final class ThriftProber {
  private let waker: PollWaker
  private let settings: ProbeSettings
  private let orders = LoopInbox<ThriftProberLoop.Order>()
  private let results = Locked<[(id: UInt64, result: ProbeResult)]>([])
  private var underWay: Set<UInt64> = []
  private var thread: EventLoopThread?

  init(_ waker: PollWaker, settings: ProbeSettings) {
    self.waker = waker
    self.settings = settings
  }

  deinit { thread?.stop() }

  var count: Int { underWay.count }

  /// Starts a call; returns its result where that is known at once.
  func start(_ probe: ThriftProbe, id: UInt64, timeout: Duration) -> ProbeResult? {
    do throws(ProbeSetupError) {
      _ = try probe.parts()
    } catch {
      return .reading(probe.failure(error.message))
    }
    do throws(EventLoopError) {
      try startThread()
    } catch {
      return .notRun(error.message)
    }
    underWay.insert(id)
    orders.push(.start(probe, id: id, timeout: timeout))
    return nil
  }

  private func startThread() throws(EventLoopError) {
    guard thread == nil else { return }
    let (orders, results, waker, settings) = (orders, results, waker, settings)
    thread = try EventLoopThread(name: "thrift-probes") { loop throws(EventLoopError) in
      let prober = ThriftProberLoop(loop, settings) { id, result in
        results.withLock { $0.append((id, result)) }
        waker.wake()
      }
      try orders.open(on: loop) { prober.take($0) }
    }
  }

  /// Ends a call without a result; nothing happens if it is not under way.
  func cancel(_ id: UInt64) {
    guard underWay.remove(id) != nil else { return }
    orders.push(.cancel(id))
  }

  /// The calls that have ended since the last time.
  func takeFinished() -> [(id: UInt64, result: ProbeResult)] {
    guard !underWay.isEmpty else { return [] }
    let all = results.withLock { results in
      defer { results = [] }
      return results
    }
    return all.filter { underWay.remove($0.id) != nil }
  }
}

/// What of a `ThriftProber` belongs to its thread.
final class ThriftProberLoop {
  enum Order: Sendable {
    case start(ThriftProbe, id: UInt64, timeout: Duration)
    case cancel(UInt64)
  }

  private final class Running {
    let timer: LoopTimer
    var exchange: ThriftExchange?

    init(_ timer: LoopTimer) { self.timer = timer }
  }

  private let loop: EventLoop
  private let settings: ProbeSettings
  private let done: (UInt64, ProbeResult) -> Void
  private var running: [UInt64: Running] = [:]
  /// What targets have spoken.
  private var known: [String: ThriftDialect] = [:]
  private static let knownLimit = 10_000

  init(_ loop: EventLoop, _ settings: ProbeSettings, _ done: @escaping (UInt64, ProbeResult) -> Void) {
    self.loop = loop
    self.settings = settings
    self.done = done
  }

  func take(_ order: Order) {
    switch order {
    case .cancel(let id): remove(id)
    case .start(let probe, let id, let timeout): start(probe, id, timeout)
    }
  }

  private func start(_ probe: ThriftProbe, _ id: UInt64, _ timeout: Duration) {
    guard let (host, port, method) = try? probe.parts() else { return }
    let timer = LoopTimer(loop) { [unowned self] in finish(id, probe.failure("timed out after \(timeout.goText)")) }
    timer.start(after: timeout)
    let entry = Running(timer)
    running[id] = entry
    if let address = SocketAddress(host: host, port: port) { return call(probe, id, method, [address]) }
    NameLookup.start(loop, host: host, port: port) { [self] result in
      guard running[id] === entry else { return }
      switch result {
      case .success(let addresses): call(probe, id, method, addresses)
      case .failure(let error): finish(id, probe.failure(error.message))
      }
    }
  }

  private func call(_ probe: ThriftProbe, _ id: UInt64, _ method: String, _ addresses: [SocketAddress]) {
    guard let address = addresses.first else { return finish(id, probe.failure("the host has no address")) }
    guard let target = NetworkAddress(address.host), settings.allows(target) else {
      return finish(id, probe.failure("\(address.host) is not in a network that may be probed (--probe-network)"))
    }
    let usual = ThriftProbe.dialects
    let dialects = known[probe.target].map { dialect in [dialect] + usual.filter { $0 != dialect } } ?? usual
    let exchange = ThriftExchange(loop, probe, method, at: address, dialects) { [unowned self] reading, dialect in
      if known.count >= Self.knownLimit { known = [:] }
      known[probe.target] = dialect
      finish(id, reading)
    }
    running[id]?.exchange = exchange
    exchange.start()
  }

  private func finish(_ id: UInt64, _ reading: ProbeReading) {
    guard running[id] != nil else { return }
    remove(id)
    done(id, .reading(reading))
  }

  private func remove(_ id: UInt64) {
    guard let entry = running.removeValue(forKey: id) else { return }
    entry.timer.close()
    // What it says now is nobody's.
    entry.exchange?.end(ProbeReading(.critical, ""))
  }
}
