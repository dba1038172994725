public import MusterCatalog
public import MusterJournal
internal import MusterThreading
public import MusterTiming

/// The registry: one writer thread in front of a journal, and views that any thread reads without waiting for it.
///
/// A command's completion is called on the writer's thread, once the change is durable and visible to every reader.
public final class Registry: Sendable {
  /// Called on the writer's thread.
  public typealias Completion = @Sendable (Result<Outcome, RegistryError>) -> Void

  enum Message: Sendable {
    case command(Command, Completion)
    /// Something has an earlier deadline than the writer knows of.
    case reschedule
  }

  let published: Monitor<Catalog>
  let watches = Monitor(WatchTable())
  let clock: any RegistryClock
  let counters = RegistryCounters()
  private let journal: any Journal
  private let mailbox: Mailbox<Message>
  private let writer = Monitor<WorkerThread?>(nil)
  private let observers = Monitor<[@Sendable (Set<Topic>) -> Void]>([])
  private let eventObservers = Monitor<[@Sendable ([Event]) -> Void]>([])
  private let log: @Sendable (String) -> Void

  /// So many commands wait at the most; more are refused as overload.
  private static let queueCapacity = 65_536
  /// So many are made durable together.
  private static let batchLimit = 512

  /// Loads what the journal holds and starts the writer.
  ///
  /// - Parameters:
  ///   - journal: where changes are made durable.
  ///   - clock: where the time is taken from.
  ///   - policy: what is made of health beyond the single check.
  ///   - log: takes warnings, one line each, from the writer's thread.
  /// - Throws: `JournalError` when the journal can't be read, `RegistryError` when no thread can be had.
  public init(
    journal: any Journal, clock: any RegistryClock = SystemClock(), policy: HealthPolicy = HealthPolicy(),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    self.journal = journal
    self.clock = clock
    self.log = log
    mailbox = Mailbox(capacity: Self.queueCapacity)
    let state = try RegistryWriter(journal: journal, policy: policy, now: clock.now)
    published = Monitor(state.catalog)
    let handOver = Monitor<RegistryWriter?>(state)
    let thread = try WorkerThread(name: "muster-writer") { [self] in
      if let state = handOver.withLock({ $0.take() }) { write(with: state) }
    }
    writer.withLock { $0 = thread }
  }

  /// The state as of the last commit: a copy that never changes, and costs nothing.
  public var catalog: Catalog { published.withLock { $0 } }

  /// The time of day, by the registry's clock.
  public var timestamp: Timestamp { clock.timestamp }

  /// Hands a command to the writer.
  public func submit(_ command: Command, completion: @escaping Completion) {
    guard mailbox.push(.command(command, completion)) else {
      return completion(.failure(mailbox.isClosed ? .stopping : .overloaded))
    }
  }

  /// Calls `observer` on the writer's thread after every change, before any completion and before watchers are woken.
  public func observe(_ observer: @escaping @Sendable (Set<Topic>) -> Void) {
    observers.withLock { $0.append(observer) }
  }

  /// Calls `observer` on the writer's thread with the events of every commit, in order, once they are durable and
  /// visible.
  ///
  /// An event that came before this call is not given; one whose revision is at most that of a `catalog` taken after
  /// this call is part of it.
  public func observeEvents(_ observer: @escaping @Sendable ([Event]) -> Void) {
    eventObservers.withLock { $0.append(observer) }
  }

  /// What happened to a service, or to anything where nil is given; the newest comes last.
  public func history(of service: String?, limit: Int) throws(JournalError) -> [HistoryEntry] {
    try journal.history(of: service, limit: limit)
  }

  /// Bounds what is kept of history from now on.
  public func setHistoryBounds(_ bounds: HistoryBounds) { journal.setBounds(bounds) }

  /// Finishes what was submitted, lets every watcher go and closes the journal. Later commands are refused.
  public func stop() {
    guard let thread = writer.withLock({ $0.take() }) else { return }
    mailbox.close()
    thread.join()
    for watcher in watches.withLock({ $0.close() }) { watcher.wake(.stopping) }
    journal.close()
  }

  /// Makes the writer look at the deadlines again.
  func reschedule() { _ = mailbox.push(.reschedule) }

  private func write(with initial: RegistryWriter) {
    var state = initial
    while true {
      let deadline = [state.nextDeadline(), watches.withLock { $0.nextDeadline() }].compactMap { $0 }.min()
      let messages = mailbox.takeAll(upTo: Self.batchLimit, until: deadline)
      if messages.isEmpty, mailbox.isClosed { return }
      step(&state, messages)
    }
  }

  private func step(_ state: inout RegistryWriter, _ messages: [Message]) {
    var commands: [Command] = []
    var completions: [Completion] = []
    for case .command(let command, let completion) in messages {
      commands.append(command)
      completions.append(completion)
    }
    let moment = RegistryWriter.Moment(now: clock.now, timestamp: clock.timestamp)
    let progress = state.run(commands, at: moment)
    counters.count(progress)
    if let failure = progress.failure { log("a change could not be stored: \(failure)") }
    if !progress.topics.isEmpty || !progress.events.isEmpty { publish(state.catalog) }
    if !progress.topics.isEmpty {
      for observer in observers.withLock({ $0 }) { observer(progress.topics) }
    }
    if !progress.events.isEmpty {
      for observer in eventObservers.withLock({ $0 }) { observer(progress.events) }
    }
    for (completion, result) in zip(completions, progress.results) { completion(result) }
    wake(progress.topics, catalog: state.catalog, now: moment.now)
  }

  /// What nobody holds of the earlier view is let go of outside the lock.
  private func publish(_ catalog: Catalog) {
    let earlier = published.withLock { view in
      defer { view = catalog }
      return view
    }
    withExtendedLifetime(earlier) {}
  }

  /// Each is let go of as soon as it was called, while what it refers to is still in the processor's cache.
  private static func wake(_ watchers: consuming [WatchTable.Watcher], _ end: WatchEnd) {
    while let watcher = watchers.popLast() { watcher.wake(end) }
  }

  private func wake(_ topics: Set<Topic>, catalog: Catalog, now: ContinuousClock.Instant) {
    let (changed, due) = watches.withLock { table in
      (table.takeChanged(topics) { catalog.revision(of: $0) }, table.takeDue(at: now))
    }
    Self.wake(changed, .changed)
    Self.wake(due, .timedOut)
  }
}
