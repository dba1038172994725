internal import Synchronization

/// What the API has done since the start.
final class APIMetrics: Sendable {
  private let reads = Atomic<UInt64>(0)
  private let writes = Atomic<UInt64>(0)
  private let refusals = Atomic<UInt64>(0)
  let start: ContinuousClock.Instant

  init(start: ContinuousClock.Instant) {
    self.start = start
  }

  func countRead() { reads.add(1, ordering: .relaxed) }
  func countWrite() { writes.add(1, ordering: .relaxed) }
  func countRefusal() { refusals.add(1, ordering: .relaxed) }

  var counts: (reads: UInt64, writes: UInt64, refusals: UInt64) {
    (reads.load(ordering: .relaxed), writes.load(ordering: .relaxed), refusals.load(ordering: .relaxed))
  }
}
