internal import MusterDiscovery

/// What a watch does next, and what it says: decides everything and does nothing.
struct WatchMachine: Sendable {
  /// What is to be done.
  enum Step: Sendable, Equatable {
    /// Ask for the list, once its index is above this one; 0: at once.
    case ask(above: UInt64)
    /// Wait, then call `paused`.
    case pause(Duration)
  }

  /// What the last answer was.
  private enum Trust { case none, live, stale }

  /// What to do next.
  private(set) var step = Step.ask(above: 0)
  private let service: String
  /// How long the registry holds a query back.
  private let wait: Duration
  private var index: UInt64 = 0
  private var trust = Trust.none
  private var last: [Instance] = []
  private var retry = RetryPause()
  /// For a registry that answers, and in a way that would have it asked over and over.
  private var calm = RetryPause()

  init(_ service: String, wait: Duration) {
    self.service = service
    self.wait = wait
  }

  /// The pause is over.
  mutating func paused() { step = .ask(above: index) }

  /// Takes an answer.
  ///
  /// - Parameters:
  ///   - answer: the registry's index and list.
  ///   - time: how long it took.
  ///   - chance: from 0 to 1, by chance.
  /// - Returns: what is to be told, if anything.
  mutating func answered(
    _ answer: (index: UInt64, instances: [Instance]), after time: Duration, chance: Double
  ) -> Snapshot? {
    let asked = index
    retry.reset()
    if answer.index < asked {
      // The registry has begun to count anew.
      index = 0
      step = .pause(calm.next(chance: chance))
    } else if asked > 0, answer.index == asked, time < wait / 2 {
      // Nothing new, and it did not wait for that.
      step = .pause(calm.next(chance: chance))
    } else {
      if asked > 0 { calm.reset() }
      index = answer.index
      step = .ask(above: index)
    }
    guard trust != .live || answer.instances != last else { return nil }
    trust = .live
    last = answer.instances
    return Snapshot(service: service, instances: last)
  }

  /// Takes the lack of an answer that makes sense.
  ///
  /// The next question is for the list at once: whoever comes back may count from somewhere else, and its first answer
  /// is what says that the list can be relied on again.
  mutating func failed(_ reason: String, chance: Double) -> Snapshot? {
    index = 0
    step = .pause(retry.next(chance: chance))
    guard trust != .stale else { return nil }
    trust = .stale
    return Snapshot(service: service, instances: last, freshness: .stale(reason: reason))
  }
}
