/// What was measured.
struct Figure {
  /// What it has to be.
  enum Goal {
    case atLeast(Double)
    case atMost(Double)
    /// The value is to be at least this part of the reference's.
    case ratioAtLeast(Double)
    /// The value is to be at most so many times the reference's.
    case ratioAtMost(Double)
  }

  /// Dots separate its parts: the group, what was measured, of which size.
  var name: String
  var value: Double
  var unit: String
  var goal: Goal?
  /// The same measured of something else, in the same run.
  var reference: Double?
  /// What the reference is, for people.
  var referenceName = ""
  /// The value over the reference: the median of the rounds.
  var ratio: Double?

  /// Whether the goal is met; nil when there is none, or what it needs was not measured.
  var isMet: Bool? {
    switch goal {
    case nil: nil
    case .atLeast(let least): value >= least
    case .atMost(let most): value <= most
    case .ratioAtLeast(let least): ratio.map { $0 >= least }
    case .ratioAtMost(let most): ratio.map { $0 <= most }
    }
  }
}
