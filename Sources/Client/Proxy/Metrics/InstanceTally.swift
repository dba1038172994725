internal import MusterResilience

/// What became of the tries at one instance.
struct InstanceTally: Sendable {
  var succeeded: UInt64 = 0
  var refused: UInt64 = 0
  var failed: UInt64 = 0
  var timedOut: UInt64 = 0
  var notSent: UInt64 = 0
  var cancelled: UInt64 = 0

  mutating func count(_ outcome: CallOutcome) {
    switch outcome {
    case .success: succeeded &+= 1
    case .refused: refused &+= 1
    case .failed: failed &+= 1
    case .timedOut: timedOut &+= 1
    case .notSent: notSent &+= 1
    case .cancelled: cancelled &+= 1
    }
  }

  /// Each outcome by its name.
  var outcomes: [(name: String, count: UInt64)] {
    [
      ("success", succeeded), ("refused", refused), ("failed", failed), ("timed_out", timedOut), ("not_sent", notSent),
      ("cancelled", cancelled),
    ]
  }
}
