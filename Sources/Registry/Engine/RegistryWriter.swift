internal import MusterCatalog
internal import MusterJournal
internal import MusterTiming

/// The one place where the catalog changes: applies commands, makes them durable together, keeps the timers.
///
/// It has no thread and no clock of its own: whoever drives it says what time it is, and learns when it wants to be
/// called again.
struct RegistryWriter {
  typealias Result = Swift.Result<Outcome, RegistryError>

  /// The time of a step.
  struct Moment {
    let now: ContinuousClock.Instant
    let timestamp: Timestamp
  }

  /// What a step came to.
  struct Progress {
    /// One for each command, in order.
    var results: [Result] = []
    /// Whose watchers are to be woken.
    var topics: Set<Topic> = []
    /// The events that were made durable, in order.
    var events: [Event] = []
    /// Why something could not be stored.
    var failure: String?
  }

  /// The state after the last commit.
  private(set) var catalog: Catalog
  private var timers = DeadlineQueue<CatalogTimer, ContinuousClock.Instant>()
  private let journal: any Journal

  /// So many timers are dealt with in one commit.
  private static let timerBatch = 1_024
  /// A timer whose consequence could not be stored is tried again after this long.
  private static let retryDelay = Duration.seconds(1)

  init(
    journal: any Journal, policy: HealthPolicy = HealthPolicy(), now: ContinuousClock.Instant
  ) throws(JournalError) {
    self.journal = journal
    catalog = try journal.load()
    catalog.setPolicy(policy)
    let timersAtStart = catalog.timersAtStart
    timers.reserveCapacity(timersAtStart.count)
    carryOut(timersAtStart, now: now)
  }

  /// When `run` wants to be called at the latest.
  mutating func nextDeadline() -> ContinuousClock.Instant? { timers.next() }

  /// Carries out commands and whatever timers are due. Everything in the result is durable.
  mutating func run(_ commands: [Command], at moment: Moment) -> Progress {
    var progress = Progress()
    progress.results = commit(commands, at: moment, &progress)
    let due = timers.popDue(at: moment.now, limit: Self.timerBatch)
    guard !due.isEmpty else { return progress }
    let results = commit(due.map { .timerFired($0) }, at: moment, &progress)
    for (timer, result) in zip(due, results) {
      if case .failure = result { timers.set(timer, at: moment.now + Self.retryDelay) }
    }
    return progress
  }

  /// Applies commands and makes them durable in one go. When that fails, those that change nothing still count: a
  /// heartbeat is good whatever the disk says.
  private mutating func commit(_ commands: [Command], at moment: Moment, _ progress: inout Progress) -> [Result] {
    let before = catalog
    var results = apply(commands, at: moment)
    let events = results.flatMap { (try? $0.get().events) ?? [] }
    if !events.isEmpty {
      do {
        try journal.commit(events)
        progress.events += events
      } catch {
        progress.failure = error.message
        catalog = before
        results = applyHarmless(commands, at: moment, reason: error.message)
      }
    }
    for case .success(let outcome) in results {
      carryOut(outcome.timers, now: moment.now)
      progress.topics.formUnion(outcome.topics)
    }
    return results
  }

  private mutating func apply(_ commands: [Command], at moment: Moment) -> [Result] {
    commands.map { command in
      do throws(Rejection) {
        return .success(try catalog.apply(command, at: moment.timestamp))
      } catch {
        return .failure(.rejected(error))
      }
    }
  }

  private mutating func applyHarmless(_ commands: [Command], at moment: Moment, reason: String) -> [Result] {
    let before = catalog
    return commands.map { command in
      let result = apply([command], at: moment)[0]
      guard case .success(let outcome) = result, !outcome.events.isEmpty else { return result }
      catalog = before
      return .failure(.notDurable(reason))
    }
  }

  private mutating func carryOut(_ changes: [TimerChange], now: ContinuousClock.Instant) {
    for change in changes {
      switch change {
      case .arm(let timer, let delay): timers.set(timer, at: now + delay)
      case .disarm(let timer): timers.remove(timer)
      }
    }
  }
}
