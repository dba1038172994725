internal import MusterDiscovery

/// Carries out what a `WatchMachine` decides.
struct ConsulWatch: SnapshotSource {
  private let service: String
  private let requests: ConsulRequests
  private let clock: DiscoveryClock
  private var machine: WatchMachine

  init(_ service: String, _ requests: ConsulRequests, _ clock: DiscoveryClock) {
    self.service = service
    self.requests = requests
    self.clock = clock
    machine = WatchMachine(service, wait: requests.settings.wait)
  }

  mutating func next() async -> Snapshot? {
    while !Task.isCancelled {
      switch machine.step {
      case .pause(let time):
        do { try await clock.sleep(for: time) } catch { return nil }
        machine.paused()
      case .ask(let index):
        let asked = clock.now
        let chance = Double.random(in: 0...1)
        do {
          let answer = try await requests.instances(of: service, above: index)
          if let news = machine.answered(answer, after: clock.now - asked, chance: chance) { return news }
        } catch is CancellationError {
          return nil
        } catch {
          if let news = machine.failed("\(error)", chance: chance) { return news }
        }
      }
    }
    return nil
  }
}
