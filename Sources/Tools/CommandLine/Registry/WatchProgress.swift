/// What a watch knows between two blocking queries.
///
/// It decides; the command carries out.
package struct WatchProgress: Sendable {
  /// The index to wait behind; 0 asks for an answer at once, as at first and after any failure.
  package private(set) var index = 0
  /// The last list; nil before the first answer.
  package private(set) var instances: [ListedInstance]?
  /// Failures in a row.
  package private(set) var failures = 0

  /// Makes a watch that has not asked yet.
  package init() {}

  /// Takes an answer and returns what it changed; nil when it is not worth telling, as after a time-out.
  ///
  /// An index that went back means that the registry started anew: the next query starts from 0. What is known is kept,
  /// so nothing is told twice.
  package mutating func receive(_ new: [ListedInstance], index newIndex: Int) -> [InstanceChange]? {
    failures = 0
    // Waiting behind 0 would not be waiting, so a registry that answers 0 is asked to wait behind 1.
    let newIndex = max(1, newIndex)
    index = newIndex < index ? 0 : newIndex
    let isFirst = instances == nil
    let changes = InstanceChange.between(instances ?? [], new)
    instances = new
    return isFirst || !changes.isEmpty ? changes : nil
  }

  /// Whether the watch goes on after a failure to ask.
  ///
  /// A registry that is away or a stray answer of something before it never ends it. A refusal does at first, since
  /// that is a mistake in the call; once there was an answer it is thought to pass.
  package func outlasts(_ error: CommandError) -> Bool {
    switch error.code {
    case .away, .unreadable: true
    case .failed, .notFound: instances != nil
    default: false
    }
  }

  /// Takes a failure and returns how long to wait until the next try.
  ///
  /// The next query waits behind nothing: the registry may come back with an earlier state, and would not answer
  /// before its index has passed the one that is known here. What is known is kept, so only what is different is told.
  ///
  /// The wait is a random share of 0.25 s doubled by each failure in a row, at most 10 s: watchers of a registry that
  /// restarts do not all come back at the same moment. At least half of it is waited.
  package mutating func fail(using random: inout some RandomNumberGenerator) -> Duration {
    index = 0
    let exponent = min(failures, 10)
    failures = min(failures + 1, 1_000_000)
    let longest = min(250 << exponent, 10_000)
    return .milliseconds(Int.random(in: (longest / 2)...longest, using: &random))
  }
}
