internal import MusterDiscovery

/// Gives the list of one service when it is asked.
protocol InstanceLister: Sendable {
  mutating func list() async throws -> [Instance]
}

/// The snapshots of something that must be asked again and again.
struct PollingSource<Lister: InstanceLister>: SnapshotSource {
  private enum State {
    case new
    case live([Instance])
    case stale([Instance])
  }

  private let service: String
  private let period: Duration
  private let clock: DiscoveryClock
  private var lister: Lister
  private var state = State.new
  private var retry = RetryPause()
  /// Until when there is nothing to do.
  private var pause: Duration?

  init(_ service: String, _ lister: Lister, every period: Duration, _ clock: DiscoveryClock) {
    self.service = service
    self.lister = lister
    self.period = period
    self.clock = clock
  }

  mutating func next() async -> Snapshot? {
    while !Task.isCancelled {
      if let time = pause {
        do { try await clock.sleep(until: time) } catch { return nil }
      }
      do {
        let instances = try await lister.list()
        pause = clock.now + period
        retry.reset()
        if let news = live(Snapshot(service: service, instances: instances)) { return news }
      } catch {
        if Task.isCancelled { return nil }
        // Soon at first, and never later than it would be asked anyway.
        pause = clock.now + min(period, retry.next(chance: Double.random(in: 0...1)))
        if let news = stale("\(error)") { return news }
      }
    }
    return nil
  }

  private mutating func live(_ snapshot: Snapshot) -> Snapshot? {
    if case .live(let last) = state, last == snapshot.instances { return nil }
    state = .live(snapshot.instances)
    return snapshot
  }

  private mutating func stale(_ reason: String) -> Snapshot? {
    let last: [Instance]
    switch state {
    case .new: last = []
    case .live(let instances): last = instances
    case .stale: return nil
    }
    state = .stale(last)
    return Snapshot(service: service, instances: last, freshness: .stale(reason: reason))
  }
}
