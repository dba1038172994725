internal import MusterTiming

/// Which check is due when. It has no clock: whoever drives it says what time it is.
///
/// Each check has beats of its own, at a random place within its interval, so that a thousand checks which were
/// registered together, or all at a start of the registry, do not fire together. The first run comes before that, to
/// know soon how the target is: a little after the first run of the check that came before.
struct CheckSchedule {
  typealias Instant = ContinuousClock.Instant

  private struct Entry {
    let interval: Duration
    var state: State
  }

  private enum State {
    /// Waits for its beat.
    case waiting
    /// Its beat has come, and it has not been started.
    case due(since: Instant)
    /// It runs, since the beat that was at `beat`.
    case running(beat: Instant)
  }

  /// How late checks were started.
  private(set) var lateness = LatenessHistogram()
  /// Beats that were left out since the run before was not over.
  private(set) var skipped: UInt64 = 0

  private var entries: [UInt64: Entry] = [:]
  private var beats = DeadlineQueue<UInt64, Instant>()
  private var lastFirstRun: Instant?
  /// Checks that have not run yet have their beat still to be chosen.
  private var unphased: Set<UInt64> = []

  /// First runs keep so much distance, which is 500 a second.
  static let firstRunDistance = Duration.milliseconds(2)
  static let leastInterval = Duration.seconds(1)

  var count: Int { entries.count }

  mutating func nextBeat() -> Instant? { beats.next() }

  /// Adds a check; its first run is soon, and at the latest after an interval.
  mutating func add(
    _ id: UInt64, interval: Duration, at now: Instant, using random: inout some RandomNumberGenerator
  ) {
    let interval = max(interval, Self.leastInterval)
    entries[id] = Entry(interval: interval, state: .waiting)
    let soonest = max(now, (lastFirstRun ?? now) + Self.firstRunDistance)
    guard soonest - now < interval else {
      return beats.set(id, at: now + interval * Double.random(in: 0..<1, using: &random))
    }
    lastFirstRun = soonest
    unphased.insert(id)
    beats.set(id, at: soonest)
  }

  mutating func remove(_ id: UInt64) {
    entries[id] = nil
    unphased.remove(id)
    beats.remove(id)
  }

  /// The checks whose beat has come, each once; they are to be started.
  mutating func takeDue(at now: Instant) -> [UInt64] {
    var due: [UInt64] = []
    while let beat = beats.next(), beat <= now {
      for id in beats.popDue(at: beat, limit: .max) {
        entries[id]?.state = .due(since: beat)
        due.append(id)
      }
    }
    return due
  }

  /// Takes note of a start.
  mutating func start(_ id: UInt64, at now: Instant) {
    guard case .due(let beat)? = entries[id]?.state else { return }
    entries[id]?.state = .running(beat: beat)
    lateness.note(now - beat, at: now)
  }

  /// Takes note of an end, and puts the next beat in order: the first one that is still to come.
  mutating func finish(_ id: UInt64, at now: Instant, using random: inout some RandomNumberGenerator) {
    guard let entry = entries[id], case .running(let beat) = entry.state else { return }
    var next = beat + entry.interval
    if unphased.remove(id) != nil {
      next = beat + entry.interval * Double.random(in: 0..<1, using: &random)
      if next <= now { next = now + entry.interval * Double.random(in: 0..<1, using: &random) }
    } else if next <= now {
      let missed = Int64((now - next) / entry.interval) + 1
      skipped &+= UInt64(missed)
      next += entry.interval * Int(missed)
    }
    entries[id]?.state = .waiting
    beats.set(id, at: next)
  }
}
