/// Something that happens at a moment of a run.
struct Event: Comparable {
  enum Kind {
    case arrival
    /// An instance is done with a call.
    case completion(call: Int)
    /// A caller is told that nobody listens.
    case refusal(call: Int)
    /// A caller gives up.
    case deadline(call: Int)
    case trouble
    /// The registry notices the trouble.
    case detection
  }

  /// In nanoseconds from the start of the run.
  let time: Int64
  /// Of events at the same time the one that was planned first comes first.
  let number: Int
  let kind: Kind

  static func < (one: Event, other: Event) -> Bool {
    one.time != other.time ? one.time < other.time : one.number < other.number
  }

  static func == (one: Event, other: Event) -> Bool { one.number == other.number }
}
