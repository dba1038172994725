/// How long a commit is put off for more commands to come.
///
/// A commit costs the same for one command as for a hundred, and the clients that were just answered are about to send
/// their next ones. So where several came together lately, the writer waits for as many again, as long as they keep
/// coming. A client that is alone never waits.
struct BatchPace {
  /// What to wait for.
  struct Wait: Equatable {
    let count: Int
    let time: Duration
  }

  /// The largest batch of late: it fades by an eighth a batch.
  private var peak = 0

  /// Fewer commands than this at a time gain nothing.
  private static let leastPeak = 4
  /// Commands keep coming when there are so many more…
  private static let step = 4
  /// …within this time: several times what they take to be read and parsed on one busy core.
  private static let stepTime = Duration.microseconds(500)

  /// What to wait for with `count` commands at hand; nil when it is time to commit.
  func wait(having count: Int) -> Wait? {
    guard count > 0, peak >= Self.leastPeak, count < peak else { return nil }
    return Wait(count: min(Self.step, peak - count), time: Self.stepTime)
  }

  /// Remembers the size of a batch.
  mutating func note(batch count: Int) {
    peak = max(count, peak - (peak + 7) / 8)
  }
}
