internal import MusterCatalog
internal import MusterTiming

/// How much history is kept.
///
/// Old events go a few at a time, with the commits of new ones.
public struct HistoryBounds: Sendable, Equatable {
  /// The number of events that stay.
  public var count: Int
  /// How long events stay, reckoned from the newest one.
  public var age: Duration

  /// Bounds; 100,000 events and seven days unless given.
  public init(count: Int = 100_000, age: Duration = .seconds(7 * 86_400)) {
    self.count = count
    self.age = age
  }

  /// What is to go when `newest` is the latest event.
  func limits(after newest: Event) -> HistoryLimits {
    let excess = newest.revision.subtractingReportingOverflow(UInt64(max(0, count)))
    let milliseconds = age.components.seconds.multipliedReportingOverflow(by: 1000)
    let moment = newest.time.milliseconds.subtractingReportingOverflow(milliseconds.partialValue)
    let isForever = milliseconds.overflow || moment.overflow
    return HistoryLimits(
      lastExcess: excess.overflow ? 0 : excess.partialValue,
      firstTime: Timestamp(milliseconds: isForever ? .min : moment.partialValue))
  }

  /// How many old events a commit may drop: enough to catch up with lowered bounds, too few to be a pause.
  static func chunk(committing count: Int) -> Int { 2 * count + 64 }
}

/// Where the history that is kept begins.
struct HistoryLimits {
  /// The newest revision that is beyond the number of events.
  let lastExcess: UInt64
  /// The first moment that is kept.
  let firstTime: Timestamp

  /// Whether an event is to go.
  func exclude(revision: UInt64, time: Timestamp) -> Bool {
    revision <= lastExcess || time < firstTime
  }
}
