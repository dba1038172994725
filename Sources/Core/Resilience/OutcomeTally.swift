/// Counts outcomes over about the last window: the running half and the one before.
struct OutcomeTally: Sendable {
  private struct Half: Sendable {
    var total = 0
    var failures = 0
  }

  private var running = Half()
  private var before = Half()
  private var end: ContinuousClock.Instant?

  var total: Int { running.total + before.total }
  var failures: Int { running.failures + before.failures }
  /// 0 when there is nothing to tell from.
  var failureShare: Double { total == 0 ? 0 : Double(failures) / Double(total) }

  mutating func add(_ success: Bool, at now: ContinuousClock.Instant, window: Duration) {
    if let end, now >= end {
      before = now >= end.advanced(by: window / 2) ? Half() : running
      running = Half()
      self.end = nil
    }
    if end == nil { end = now.advanced(by: window / 2) }
    running.total += 1
    if !success { running.failures += 1 }
  }
}
