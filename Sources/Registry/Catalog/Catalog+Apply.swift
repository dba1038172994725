public import MusterTiming

extension Catalog {
  /// Carries out a command as of `time`.
  ///
  /// - Throws: `Rejection`, and then nothing has changed.
  public mutating func apply(_ command: Command, at time: Timestamp) throws(Rejection) -> Outcome {
    var outcome = Outcome(at: time)
    switch command {
    case .register(let registration):
      try register(restoringOwnNode(in: registration), &outcome)
    case .keep(let node, let cause):
      try keep(node, cause: cause, &outcome)
    case .deregisterInstance(let key, let cause):
      try deregisterInstance(key, cause: cause, &outcome)
    case .deregisterCheck(let key, let cause):
      try deregisterCheck(key, cause: cause, &outcome)
    case .deregisterNode(let name, let cause):
      try deregisterNode(name, cause: cause, &outcome)
      try bringBackOwnNode(removed: name, &outcome)
    case .report(let report):
      try accept(report, &outcome)
    case .maintainInstance(let key, let maintenance):
      try maintain(key, maintenance, &outcome)
    case .maintainNode(let name, let maintenance):
      try maintain(node: name, maintenance, &outcome)
    case .timerFired(.expire(let key)):
      expire(key, &outcome)
    case .timerFired(.reap(let key)):
      reap(key, &outcome)
    case .timerFired(.strengthen(let key)):
      strengthen(key, &outcome)
    case .timerFired(.review(let service)):
      review(service, &outcome)
      return outcome
    }
    arrangeReviews(&outcome)
    return outcome
  }

  mutating func nextRevision() -> UInt64 {
    revision &+= 1
    return revision
  }
}
