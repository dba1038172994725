internal import MusterCatalog
internal import MusterTestSupport
internal import MusterThreading
internal import Testing

@testable internal import MusterEngine

@Suite("Watchers and writers at the same time")
struct WatchStressTests {
  private static let services = 4
  private static let changesPerWriter = 300

  @Test("every watcher sees the last revision of its service, and never one twice", arguments: [1, 2, 3] as [UInt64])
  func noLostWakeUps(seed: UInt64) throws {
    let registry = try Registry(journal: FlakyJournal())
    registry.submit(.node("n")) { _ in }
    let watchers = (0..<24).map { Follower(registry, service: "s\($0 % Self.services)") }
    for watcher in watchers { watcher.follow() }
    let written = Inbox<Bool>()
    let writers = try (0..<3).map { number in
      try WorkerThread(name: "writer") {
        var random = SplitMix64(seed: seed * 100 + UInt64(number))
        for change in 0..<Self.changesPerWriter {
          let service = Int.random(in: 0..<Self.services, using: &random)
          let id = "w\(number)-\(Int.random(in: 0..<3, using: &random))"
          let command: Command =
            Int.random(in: 0..<4, using: &random) == 0
            ? .remove(id) : .service("s\(service)", id: id, port: change % 100)
          registry.submit(command) { _ in written.add(true) }
        }
      }
    }
    for writer in writers { writer.join() }
    #expect(written.next(3 * Self.changesPerWriter).count == 3 * Self.changesPerWriter)
    let catalog = registry.catalog
    for watcher in watchers { #expect(watcher.waitFor(catalog.revision(ofService: watcher.service))) }
    #expect(watchers.allSatisfy { $0.isOrdered })
    #expect(registry.watcherCount == watchers.count)
    registry.stop()
    #expect(registry.watcherCount == 0)
    #expect(watchers.allSatisfy { $0.stops == 1 })
  }
}

/// A watcher that waits again as soon as it is woken, as a client with blocking queries does.
private final class Follower: Sendable {
  private struct State {
    var seen: UInt64 = 0
    var isOrdered = true
    var stops = 0
  }

  let service: String
  private let registry: Registry
  private let state = Monitor(State())
  private let arrivals = Inbox<UInt64>()

  init(_ registry: Registry, service: String) {
    self.registry = registry
    self.service = service
  }

  var isOrdered: Bool { state.withLock { $0.isOrdered } }
  var stops: Int { state.withLock { $0.stops } }

  func follow() {
    let seen = state.withLock { $0.seen }
    _ = registry.watch(.service(service), after: seen, timeout: .seconds(3_600)) { [self] end in
      guard end == .changed else { return state.withLock { $0.stops += 1 } }
      let revision = registry.catalog.revision(ofService: service)
      state.withLock { state in
        if revision <= state.seen { state.isOrdered = false }
        state.seen = revision
      }
      follow()
      // Last, so that whoever sees it finds this watcher parked again.
      arrivals.add(revision)
    }
  }

  func waitFor(_ revision: UInt64) -> Bool {
    while let arrived = arrivals.next() {
      if arrived >= revision { return true }
    }
    return false
  }
}
