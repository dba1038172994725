import MusterTiming

/// What follows from a command: nothing of it may be shown to anyone before the events are durable.
public struct Outcome: Sendable {
  /// What happened, in order; empty when the command changed nothing, as most heartbeats do.
  public private(set) var events: [Event] = []
  /// Timers to start and stop.
  public private(set) var timers: [TimerChange] = []
  /// Whose watchers are to be woken.
  public private(set) var topics: Set<Topic> = []

  let time: Timestamp

  init(at time: Timestamp) {
    self.time = time
  }

  mutating func happened(
    _ kind: Event.Kind, to subject: Event.Subject, revision: UInt64, cause: String, changes: [Change]
  ) {
    events.append(
      Event(revision: revision, time: time, kind: kind, subject: subject, cause: cause, changes: changes))
  }

  mutating func touch(_ topic: Topic) {
    // Most commands that change anything touch three to five.
    if topics.isEmpty { topics.reserveCapacity(6) }
    topics.insert(topic)
  }

  mutating func arm(_ timer: CatalogTimer, after delay: Duration) { timers.append(.arm(timer, after: delay)) }

  mutating func disarm(_ timer: CatalogTimer) { timers.append(.disarm(timer)) }
}
