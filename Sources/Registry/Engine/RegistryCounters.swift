internal import MusterCatalog
internal import Synchronization

/// What the writer has done since the start.
final class RegistryCounters: Sendable {
  private let commands = Atomic<UInt64>(0)
  private let rejected = Atomic<UInt64>(0)
  private let unchanged = Atomic<UInt64>(0)
  private let events = Atomic<UInt64>(0)
  private let commits = Atomic<UInt64>(0)
  private let failures = Atomic<UInt64>(0)

  func count(_ progress: RegistryWriter.Progress) {
    var rejections: UInt64 = 0
    var empty: UInt64 = 0
    for result in progress.results {
      switch result {
      case .failure: rejections += 1
      case .success(let outcome): if outcome.events.isEmpty { empty += 1 }
      }
    }
    commands.add(UInt64(progress.results.count), ordering: .relaxed)
    rejected.add(rejections, ordering: .relaxed)
    unchanged.add(empty, ordering: .relaxed)
    events.add(UInt64(progress.events.count), ordering: .relaxed)
    if !progress.events.isEmpty { commits.add(1, ordering: .relaxed) }
    if progress.failure != nil { failures.add(1, ordering: .relaxed) }
  }

  var counts: RegistryCounts {
    RegistryCounts(
      commands: commands.load(ordering: .relaxed), rejected: rejected.load(ordering: .relaxed),
      unchanged: unchanged.load(ordering: .relaxed), events: events.load(ordering: .relaxed),
      commits: commits.load(ordering: .relaxed), storeFailures: failures.load(ordering: .relaxed))
  }
}

/// Totals since the start.
public struct RegistryCounts: Sendable {
  /// Commands taken.
  public let commands: UInt64
  /// Commands refused.
  public let rejected: UInt64
  /// Commands that changed nothing, as most heartbeats.
  public let unchanged: UInt64
  /// Events made durable.
  public let events: UInt64
  /// Groups of commands whose events were made durable together.
  public let commits: UInt64
  /// Commits that failed.
  public let storeFailures: UInt64
}

extension Registry {
  /// Totals since the start.
  public var counts: RegistryCounts { counters.counts }
}
