internal import MusterCatalog
public import MusterEngine
internal import MusterEventPoll
internal import MusterProbing
internal import MusterThreading

/// Runs the registry's own checks, on a thread of its own, and reports what they find.
///
/// It follows the registry: a check is run from soon after its registration is durable until it is removed. A result
/// that is no news is not reported.
public final class CheckRunner: Sendable {
  private let inbox = CheckInbox()
  private let shared = Locked(CheckCounts())
  private let thread: Locked<WorkerThread?> = Locked(nil)
  private let registry: Registry
  private let log: @Sendable (String) -> Void

  /// Starts to run the checks of `registry`.
  ///
  /// - Parameters:
  ///   - registry: whose checks are run.
  ///   - settings: how they are run.
  ///   - log: takes warnings, one line each, from the runner's thread.
  /// - Throws: `ProbingError` or `ThreadingError` when the system has no means for it; then nothing is left running.
  public init(
    registry: Registry, settings: CheckSettings = CheckSettings(),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws {
    self.registry = registry
    self.log = log
    let ready = Mailbox<Result<PollWaker, ProbingError>>(capacity: 1)
    // The thread makes its own loop, which no other may touch.
    let worker = try WorkerThread(name: "muster-checks") { [self] in
      do throws(ProbingError) {
        let loop = try ProbeLoop(
          settings: ProbeSettings(networks: settings.networks, allowsCommands: settings.allowsCommands))
        ready.push(.success(loop.waker))
        run(loop, settings)
      } catch {
        ready.push(.failure(error))
      }
    }
    guard let waker = try ready.takeAll(upTo: 1, until: nil).first?.get() else { return }
    thread.withLock { $0 = worker }
    registry.observeEvents { [inbox] in inbox.take($0) }
    inbox.begin(waker: waker) { registry.catalog }
  }

  /// What the checks are doing.
  public var counts: CheckCounts { shared.withLock { $0 } }

  /// Ends all probes; when it returns nothing runs any more. To be called before the registry is stopped.
  public func stop() {
    guard let worker = thread.withLock({ $0.take() }) else { return }
    inbox.stop()
    worker.join()
  }

  private func run(_ loop: ProbeLoop, _ settings: CheckSettings) {
    var board = CheckBoard(settings: settings, random: SystemRandomNumberGenerator())
    var counts = CheckCounts()
    var complaints = Complaints()
    var nextReading = ContinuousClock.now
    while let changes = inbox.takeAll() {
      let now = ContinuousClock.now
      for (key, change) in changes {
        switch change {
        case .put(let check): board.put(check, key: key, at: now)
        case .remove: board.remove(key)
        }
      }
      for id in board.takeCancelled() { loop.cancel(id) }
      for start in board.start(at: .now) { loop.start(start.probe, id: start.id, timeout: start.timeout) }
      publish(board, &counts)
      if now >= nextReading {
        counts.lateness = board.schedule.lateness.quantile(0.99)
        nextReading = now + Self.readingInterval
      }
      for finished in loop.wait(until: board.nextDeadline() ?? now + Self.idleWait) {
        counts.finished &+= 1
        if case .notRun(let reason) = finished.result {
          counts.notRun &+= 1
          if let line = complaints.line(reason, at: now) { log(line) }
        }
        if let report = board.finish(finished.id, finished.result, at: .now) { submit(report) }
      }
    }
  }

  private static let idleWait = Duration.seconds(60)
  private static let readingInterval = Duration.milliseconds(200)

  /// What is refused, because the check is gone or the registry can't take it now, is found again by the next probe.
  private func submit(_ report: Command.Report) {
    registry.submit(.report(report)) { _ in }
  }

  private func publish(_ board: CheckBoard<SystemRandomNumberGenerator>, _ counts: inout CheckCounts) {
    counts.checks = board.count
    counts.running = board.runningCount
    counts.held = board.heldCount
    counts.skipped = board.schedule.skipped
    let snapshot = counts
    shared.withLock { $0 = snapshot }
  }
}

/// Lets one complaint through in a while, and counts the others.
struct Complaints {
  private var last: ContinuousClock.Instant?
  private var passedOver = 0
  private static let distance = Duration.seconds(10)

  mutating func line(_ reason: String, at now: ContinuousClock.Instant) -> String? {
    if let last, now - last < Self.distance {
      passedOver += 1
      return nil
    }
    defer { passedOver = 0 }
    last = now
    let others = passedOver == 0 ? "" : " (and \(passedOver) more since the last such line)"
    return "a check could not be run: \(reason)\(others)"
  }
}
