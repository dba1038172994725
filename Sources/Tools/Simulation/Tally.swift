/// What is counted during a run.
struct Tally {
  /// The machines that callers know of.
  var listed = 0..<0
  let affected: Int?
  private(set) var latencies: [Int64] = []
  private(set) var calls = 0
  private(set) var failed = 0
  /// Calls by machine.
  private(set) var counts: [Int]
  /// What the affected one would have got, had all got the same.
  private(set) var fairShare = 0.0

  init(machines: Int, affected: Int?) {
    counts = Array(repeating: 0, count: machines)
    self.affected = affected
  }

  mutating func began(on machine: Int) {
    calls += 1
    counts[machine] += 1
    if let affected, listed.contains(affected) { fairShare += 1 / Double(listed.count) }
  }

  /// A call ended; its latency, if it is one.
  mutating func ended(hasFailed: Bool, latency: Int64?) {
    if hasFailed { failed += 1 }
    if let latency { latencies.append(latency) }
  }
}
