internal import MusterBalancing

/// A call to an instance.
struct Call {
  /// Nil when it is over.
  var pick: Pick?
  let machine: Int
  let began: Int64
  /// How much work it is, in nanoseconds of a healthy instance.
  let work: Double

  var isOver: Bool { pick == nil }
}
